import type { Redis } from 'ioredis'
import { EVENT_FIELD, ORIGINAL_FIELD_PREFIX } from '#pipeline/contract.ts'
import type { EventName } from './event-name.ts'
import { parseEntryEvent } from './parse-entry-event.ts'

const PAGE_ENTRIES = 1_000

/**
 * The events that lie in a stream, or in its dead-letter stream, oldest first. One XRANGE of bounded COUNT
 * per page, but every entry is read: on a Redis of our own only, never on an operator's.
 */
export async function* readEntries(redis: Redis, stream: string): AsyncGenerator<readonly EventName[]> {
  let after = '-'
  for (;;) {
    const entries = await redis.xrange(stream, after, '+', 'COUNT', PAGE_ENTRIES)
    const last = entries.at(-1)
    if (!last) return
    yield entries.map(([id, fields]) => parseEntryEvent(id, eventText(fields)))
    after = `(${last[0]}`
  }
}

/** The event of an entry; a dead letter keeps it behind a prefix. */
function eventText(fields: readonly string[]): string | null {
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at]
    if (name === EVENT_FIELD || name === `${ORIGINAL_FIELD_PREFIX}${EVENT_FIELD}`)
      return fields[at + 1] ?? null
  }
  return null
}
