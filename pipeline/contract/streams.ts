import { REPO_DEAD_LETTER_STREAM, REPO_STREAM } from './backfill.ts'

/** The stream that carries live firehose events. One key: an eviction would delete all of it at once. */
export const LIVE_STREAM = 'firehose_live'

/** The group that indexes the live stream. */
export const LIVE_GROUP = 'firehose_group'

/** The one field of an entry, holding a `StreamEvent` as JSON text. One field: eight cost twice as much. */
export const EVENT_FIELD = 'event'

/** Where an entry goes past its delivery limit, with the reason; never trimmed silently. */
export function deadLetterStream(stream: string): string {
  return stream === REPO_STREAM ? REPO_DEAD_LETTER_STREAM : `${stream}:dead-letters`
}

/** Where a frame goes that could not become events; a bounded sample for whoever finds out why. */
export function rejectedFramesStream(stream: string): string {
  return `${stream}:rejected-frames`
}

/**
 * The key that holds the sequence of the last commit whose entries are all in `stream`. The host is written
 * without its scheme, as the divy dialect does. It lives beside the data on purpose: one append-only file
 * covers both, so a crash rolls both back together.
 */
export function cursorKey(stream: string, host: string): string {
  return `${stream}:cursor:${host.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, '')}`
}

/**
 * The hash that notes which suspect entries of a group are being worked on, by ID: attempts, then milliseconds since
 * the epoch of the first and the last. What a process leaves behind there is what it died of.
 */
export function attemptsKey(stream: string, group: string): string {
  return `${stream}:attempts:${group}`
}
