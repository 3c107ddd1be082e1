import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { entryTime } from '#kernel/streams/entry-time.ts'
import type { RetentionFloor } from './retention-floor.ts'
import type { NothingMayGo, TrimHorizon } from './trim-horizon.ts'

/** How far a stream may be trimmed when the youngest entries stay in any case. */
export interface FlooredHorizon extends TrimHorizon {
  /** True when the floor holds back more than any group does. */
  readonly floored: boolean
  /** Entries that stay in the stream in any case; 0 when the floor is no number of entries. */
  readonly keepEntries: number
}

/** What the stream looked like when the horizon was read. */
export interface FloorContext {
  readonly length: number
  readonly lastGeneratedId: string
  /** The clock of Redis, in milliseconds since the epoch: entry IDs are its times. */
  readonly now: number
}

/**
 * The horizon, lowered to the floor. An age can only be told where the IDs are times: where they are sequences,
 * nothing may go, because whatever went might be too young.
 */
export function keepFloor(
  horizon: TrimHorizon,
  floor: RetentionFloor | null,
  { length, lastGeneratedId, now }: FloorContext,
): FlooredHorizon | NothingMayGo {
  if (floor === null) return { ...horizon, floored: false, keepEntries: 0 }
  if ('entries' in floor) {
    if (length > floor.entries) return { ...horizon, floored: false, keepEntries: floor.entries }
    return nothing(`holds ${length} entries, and at least ${floor.entries} are to stay`)
  }
  if (entryTime(lastGeneratedId) === null) {
    return nothing(
      `has its end at ${lastGeneratedId}, which is no time, so nobody can tell how old an entry is: keep a number of entries instead`,
    )
  }
  const oldestToKeep = `${Math.max(0, now - floor.age)}-0`
  const floored = compareEntryIds(oldestToKeep, horizon.keepFrom) < 0
  return { ...horizon, keepFrom: floored ? oldestToKeep : horizon.keepFrom, floored, keepEntries: 0 }
}

const nothing = (because: string): NothingMayGo => ({ keepFrom: null, because })
