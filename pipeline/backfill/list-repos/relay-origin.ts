import { UsageError } from '#kernel/errors.ts'

/** Where a relay is asked for lists: `wss://relay` over https, `ws://relay` over http. Throws `UsageError`. */
export function relayOrigin(relay: string): string {
  const url = URL.canParse(relay) ? new URL(relay.replace(/^ws/i, 'http')) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`relay "${relay}" is no URL; name one like wss://bsky.network`)
  }
  return url.origin
}
