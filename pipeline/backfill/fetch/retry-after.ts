import type { IncomingHttpHeaders } from 'node:http'
import { type Duration, minutes, seconds } from '#kernel/time/duration.ts'

/** A host that asks for more than this is asked again earlier: it may have meant a date in another century. */
const LONGEST = minutes(15)

/**
 * How long a host asks us to stay away, by `Retry-After` (seconds or a date) or `RateLimit-Reset` (Unix seconds);
 * `null` when it does not say, or says what makes no sense.
 */
export function retryAfter(headers: IncomingHttpHeaders, now: number): Duration | null {
  const wait = fromRetryAfter(headers['retry-after'], now) ?? fromReset(headers['ratelimit-reset'], now)
  return wait === null ? null : Math.min(Math.max(0, wait), LONGEST)
}

function fromRetryAfter(text: string | undefined, now: number): Duration | null {
  if (text === undefined) return null
  if (/^\d{1,9}$/.test(text)) return seconds(Number(text))
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : date - now
}

function fromReset(value: string | string[] | undefined, now: number): Duration | null {
  return typeof value === 'string' && /^\d{9,11}$/.test(value) ? seconds(Number(value)) - now : null
}
