import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import type { GroupLook, StreamLook } from './look.ts'

/** Where a group and its stream stood at an earlier look. */
export interface Mark extends GroupLook {
  /** By the clock of Redis. */
  readonly at: number
  readonly stream: StreamLook
  /** Entries in the stream that the group has yet to receive; `null` when it cannot be told. */
  readonly undelivered: number | null
  /** How much the lag that Redis tells is more than what there is to deliver; `null` when it cannot be told. */
  readonly phantomLag: number | null
}

export interface Undelivered extends Pick<Mark, 'undelivered' | 'phantomLag'> {
  /** Why it cannot be told; `null` when it can. */
  readonly because: string | null
}

const unknown = (because: string): Undelivered => ({ undelivered: null, phantomLag: null, because })

/**
 * How many entries the group has yet to receive, out of O(1) facts. It is certain wherever the group stands before
 * the first entry, at it, or at the end. In between only the lag of Redis tells, and up to 7.4.1 that still counts
 * what was trimmed unread: so it is believed as far as it was right before, and as long as nothing can have been
 * removed unread since.
 */
export function countUndelivered(stream: StreamLook, group: GroupLook, before: Mark | null): Undelivered {
  const cursor = group.lastDeliveredId
  if (compareEntryIds(cursor, stream.lastGeneratedId) > 0) {
    return unknown(
      `its cursor ${cursor} is ahead of the last entry ${stream.lastGeneratedId}: nothing is delivered until IDs have caught up`,
    )
  }
  const certain = countCertain(stream, cursor)
  if (certain !== null) {
    const phantomLag = group.lag === null ? null : group.lag - certain
    return { undelivered: certain, phantomLag, because: null }
  }
  if (group.lag === null) {
    return unknown(
      'Redis cannot tell its lag: it was restarted, entries were deleted ahead of the group, or its cursor was set by hand; it can be told again once the group has caught up',
    )
  }
  const phantomLag = phantomLagOf(stream, before)
  return phantomLag === null
    ? unknown('entries were removed that it may not have read; it can be told again once it has caught up')
    : { undelivered: group.lag - phantomLag, phantomLag, because: null }
}

/** Without believing any lag; `null` in the middle of the stream. */
function countCertain({ firstEntryId, lastGeneratedId, length }: StreamLook, cursor: string): number | null {
  if (firstEntryId === null || compareEntryIds(cursor, lastGeneratedId) === 0) return 0
  const toFirst = compareEntryIds(cursor, firstEntryId)
  if (toFirst > 0) return null
  return toFirst < 0 ? length : length - 1
}

function phantomLagOf(stream: StreamLook, before: Mark | null): number | null {
  if (stream.added === stream.length) return 0
  if (before === null || before.phantomLag === null) return null
  return wereRemovalsHarmless(stream, before) ? before.phantomLag : null
}

/** Whether all that was removed since had been delivered before, or was removed by the safe trim. */
function wereRemovalsHarmless(now: StreamLook, { stream: then, lastDeliveredId }: Mark): boolean {
  const isBehind = (id: string) => compareEntryIds(id, lastDeliveredId) <= 0
  if (now.maxDeletedEntryId !== then.maxDeletedEntryId && !isBehind(now.maxDeletedEntryId)) return false
  const removed = now.added - now.length - (then.added - then.length)
  const trimmed = (now.trimmed ?? 0) - (then.trimmed ?? 0)
  return removed <= trimmed || (now.firstEntryId !== null && isBehind(now.firstEntryId))
}
