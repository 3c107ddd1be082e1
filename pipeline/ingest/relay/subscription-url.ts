import { UsageError } from '#kernel/errors.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'

/** A stream of frames that a host offers. */
export type SubscriptionMethod = 'com.atproto.sync.subscribeRepos' | 'com.atproto.label.subscribeLabels'

/** Where to subscribe, after `cursor`; `null` begins with what comes next. Throws `UsageError` on a wrong URL. */
export function subscriptionUrl(
  relay: string,
  cursor: number | null,
  method: SubscriptionMethod = 'com.atproto.sync.subscribeRepos',
): string {
  const url = URL.canParse(relay) ? new URL(relay) : null
  if (url?.protocol !== 'ws:' && url?.protocol !== 'wss:') {
    throw new UsageError(`not a relay: "${redactUrl(relay)}"; expected ws://host:port or wss://host`)
  }
  const path = `/xrpc/${method}`
  if (!url.pathname.endsWith(path)) url.pathname = url.pathname.replace(/\/$/, '') + path
  if (cursor !== null) url.searchParams.set('cursor', String(cursor))
  return url.toString()
}
