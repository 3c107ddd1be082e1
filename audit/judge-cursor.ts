import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import type { GroupState } from '#kernel/streams/read-groups.ts'
import type { StreamState } from '#kernel/streams/read-stream.ts'

/** Where a group stands in its stream. */
export type CursorPlace =
  /** Past the last entry ever: nothing will be delivered until the IDs have caught up. */
  | 'ahead'
  /** At the last entry: everything was delivered. */
  | 'caught-up'
  /** At an entry that is there, or was deleted between two that are. */
  | 'within'
  /** Before the first entry: all that lay between was trimmed, read or not. */
  | 'before-first'

export function placeOf({ lastDeliveredId }: GroupState, state: StreamState): CursorPlace {
  const toEnd = compareEntryIds(lastDeliveredId, state.lastGeneratedId)
  if (toEnd > 0) return 'ahead'
  if (toEnd === 0) return 'caught-up'
  if (state.firstEntryId === null) return 'before-first'
  return compareEntryIds(lastDeliveredId, state.firstEntryId) < 0 ? 'before-first' : 'within'
}

/**
 * Entries that were trimmed before the group read them, by Redis' own counters: added − still there − read.
 * Exact while the group stands before the first entry, or at the end of the stream; in between the entries
 * that it has yet to read hide the number, unless its lag is more than the stream holds. `null` when the
 * counters cannot tell: before Redis 7.0, after XDEL, or in a group that was set to an arbitrary ID.
 */
export function countUnreadTrimmed(group: GroupState, state: StreamState): number | null {
  const read = group.lastDeliveredId === '0-0' ? 0 : group.entriesRead
  if (state.entriesAdded === null || read === null) return null
  if (state.maxDeletedEntryId !== '0-0') return null
  const place = placeOf(group, state)
  if (place === 'ahead') return null
  const unread = { 'caught-up': 0, 'before-first': state.length, within: state.length - 1 }[place]
  return Math.max(0, state.entriesAdded - read - unread)
}
