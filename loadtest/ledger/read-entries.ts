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
  for await (const page of readEntryPages(redis, stream)) {
    yield page.map(([id, fields]) => parseEntryEvent(id, eventText(fields)))
  }
}

/** As Redis keeps them, from `first` on. */
export async function* readEntryPages(
  redis: Redis,
  stream: string,
  first = '-',
): AsyncGenerator<readonly RawEntry[]> {
  let from = first
  for (;;) {
    const entries = await redis.xrange(stream, from, '+', 'COUNT', PAGE_ENTRIES)
    const last = entries.at(-1)
    if (!last) return
    yield entries
    from = `(${last[0]}`
  }
}

export type RawEntry = [id: string, fields: string[]]

/** The event of an entry; a dead letter keeps it behind a prefix. */
export function eventText(fields: readonly string[]): string | null {
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at]
    if (name === EVENT_FIELD || name === `${ORIGINAL_FIELD_PREFIX}${EVENT_FIELD}`)
      return fields[at + 1] ?? null
  }
  return null
}
