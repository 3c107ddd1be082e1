import { UsageError } from '#kernel/errors.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'

const METHOD = '/xrpc/com.atproto.sync.subscribeRepos'

/** Where to subscribe, after `cursor`; `null` begins with what comes next. Throws `UsageError` on a wrong URL. */
export function subscriptionUrl(relay: string, cursor: number | null): string {
  const url = URL.canParse(relay) ? new URL(relay) : null
  if (url?.protocol !== 'ws:' && url?.protocol !== 'wss:') {
    throw new UsageError(`not a relay: "${redactUrl(relay)}"; expected ws://host:port or wss://host`)
  }
  if (!url.pathname.endsWith(METHOD)) url.pathname = url.pathname.replace(/\/$/, '') + METHOD
  if (cursor !== null) url.searchParams.set('cursor', String(cursor))
  return url.toString()
}
