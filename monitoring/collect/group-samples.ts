import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import type { StreamState } from '#kernel/streams/read-stream.ts'
import { clockTimeOf } from './clock-time-of.ts'
import { type Sample, sample } from './sample.ts'
import type { WatchedGroup } from './snapshot.ts'

/** How far a group is, what it holds, and what it has missed. */
export function groupSamples(
  stream: string,
  state: StreamState,
  lastGeneratedId: string | null,
  group: WatchedGroup,
): Sample[] {
  const labels = { stream, group: group.name }
  const ahead = lastGeneratedId !== null && compareEntryIds(group.lastDeliveredId, lastGeneratedId) > 0
  return [
    ...sample('standpipe_group_consumers', labels, group.consumers),
    ...sample('standpipe_group_idle_seconds', labels, inSeconds(group.shortestIdleMs)),
    ...sample('standpipe_group_lag_entries', labels, group.lag),
    ...sample('standpipe_group_lag_known', labels, group.lag !== null),
    ...sample('standpipe_group_lag_seconds', labels, ahead ? null : lagSeconds(state, group)),
    ...sample('standpipe_group_pending_entries', labels, group.pending),
    ...sample('standpipe_oldest_pending_idle_seconds', labels, inSeconds(group.oldestPending?.idleMs ?? 0)),
    ...sample('standpipe_oldest_pending_deliveries', labels, group.oldestPending?.deliveries ?? 0),
    ...sample('standpipe_cursor_ahead', labels, ahead),
    ...sample('standpipe_unread_trimmed_entries', labels, unreadTrimmed(state, group)),
  ]
}

/** The distance on the clock of the IDs. A group that stands before the first entry has all of the stream to read. */
function lagSeconds({ lastGeneratedId, firstEntryId }: StreamState, group: WatchedGroup): number | null {
  const end = clockTimeOf(lastGeneratedId)
  if (firstEntryId === null) return end === null ? null : 0
  const behindAll = compareEntryIds(group.lastDeliveredId, firstEntryId) < 0
  const reached = clockTimeOf(behindAll ? firstEntryId : group.lastDeliveredId)
  return end === null || reached === null ? null : Math.max(0, end - reached)
}

/**
 * All that left the stream is added − length; at most `entriesRead` of it was read. A lower bound: it stays
 * true when acknowledged entries were trimmed, and when entries were deleted one by one.
 */
function unreadTrimmed({ entriesAdded, length }: StreamState, { entriesRead }: WatchedGroup): number | null {
  return entriesAdded === null || entriesRead === null
    ? null
    : Math.max(0, entriesAdded - length - entriesRead)
}

const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000)
