import { entryTime } from '#kernel/streams/entry-time.ts'
import type { GroupEvidence } from './evidence/group-evidence.ts'
import { countUnreadTrimmed, placeOf } from './judge-cursor.ts'

/** What one look says of how a group moves. */
export interface GroupSample {
  /** Milliseconds since the Unix epoch. */
  readonly atMs: number
  readonly lastDeliveredId: string
  readonly lastGeneratedId: string
  /** `null` before Redis 7.0. */
  readonly entriesAdded: number | null
  /** `null` when Redis cannot tell. */
  readonly entriesRead: number | null
  /** Entries not yet delivered; `null` when Redis cannot tell and the IDs do not say 0. */
  readonly lag: number | null
  /** How far behind in milliseconds, by the time in the IDs; `null` where they are no time. */
  readonly behindMs: number | null
  readonly pending: number
  readonly lowestPendingId: string | null
  readonly consumers: number
  /** Milliseconds since any consumer asked last; `null` without consumers. */
  readonly quietMs: number | null
  /** Whether entries were trimmed that the group has not read. */
  readonly overtaken: boolean
}

export function toGroupSample(atMs: number, evidence: GroupEvidence): GroupSample {
  const { group, state, consumers, oldest } = evidence
  const place = placeOf(group, state)
  const [read, written] = [entryTime(group.lastDeliveredId), entryTime(state.lastGeneratedId)]
  return {
    atMs,
    lastDeliveredId: group.lastDeliveredId,
    lastGeneratedId: state.lastGeneratedId,
    entriesAdded: state.entriesAdded,
    entriesRead: group.entriesRead,
    lag: place === 'caught-up' ? 0 : group.lag,
    behindMs: read === null || written === null ? null : written - read,
    pending: group.pending,
    lowestPendingId: oldest[0]?.id ?? null,
    consumers: group.consumers,
    quietMs: consumers.length > 0 ? Math.min(...consumers.map(({ idleMs }) => idleMs)) : null,
    overtaken:
      place === 'before-first' &&
      group.lastDeliveredId !== '0-0' &&
      (countUnreadTrimmed(group, state) ?? 0) > 0,
  }
}
