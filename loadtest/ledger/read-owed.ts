import type { Redis } from 'ioredis'
import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { readGroups } from '#kernel/streams/read-groups.ts'
import type { EventName } from './event-name.ts'
import { parseEntryEvent } from './parse-entry-event.ts'
import { eventText, readEntryPages } from './read-entries.ts'

const PAGE_IDS = 1_000

/**
 * The events that a group still owes its sink: those it was not handed yet, and those that are pending. What
 * it acknowledged may lie in the stream for long, and is no excuse for an event that never arrived. Without
 * the group, all of the stream is owed. For a Redis of our own only: every entry is read.
 */
export async function* readOwed(
  redis: Redis,
  stream: string,
  group: string,
): AsyncGenerator<readonly EventName[]> {
  const state = (await readGroups(redis, stream)).find(({ name }) => name === group)
  const pending = state ? await readPendingIds(redis, stream, group) : new Set<string>()
  const delivered = state?.lastDeliveredId ?? '0-0'
  for await (const page of readEntryPages(redis, stream)) {
    const owed = page.filter(([id]) => pending.has(id) || compareEntryIds(id, delivered) > 0)
    yield owed.map(([id, fields]) => parseEntryEvent(id, eventText(fields)))
  }
}

async function readPendingIds(redis: Redis, stream: string, group: string): Promise<Set<string>> {
  const ids = new Set<string>()
  for (let from = '-'; ; ) {
    const page = (await redis.xpending(stream, group, from, '+', PAGE_IDS)) as [string, ...unknown[]][]
    for (const [id] of page) ids.add(id)
    const last = page.at(-1)
    if (!last) return ids
    from = `(${last[0]}`
  }
}
