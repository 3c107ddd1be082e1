import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import type { GroupSample } from './group-sample.ts'

export type GroupStatus =
  /** The stream was deleted and made anew: its counters or its IDs went back. */
  | 'RECREATED'
  /** The group waits for IDs that the stream has not reached. */
  | 'AHEAD'
  /** Entries were trimmed that the group has not read. */
  | 'BEHIND-TRIM'
  /** The group was set back, and has not come back to where it was. */
  | 'REWIND'
  /** Entries wait, and the group has no consumer. */
  | 'NO-CONSUMER'
  /** Entries wait, and no consumer has asked since the window began. */
  | 'STOP'
  /** Entries wait and consumers ask, yet nothing is delivered. */
  | 'STALL'
  /** Entries are delivered, and none is acknowledged. */
  | 'ACK-STALL'
  /** The group falls further behind all the time. */
  | 'WARN'
  | 'OK'

type Rule = (first: GroupSample, last: GroupSample, samples: readonly GroupSample[]) => boolean

/** In the order of what each would explain away: a group that stands still behind a trim is behind the trim. */
const RULES: readonly (readonly [GroupStatus, Rule])[] = [
  ['RECREATED', (_, __, samples) => pairs(samples).some(isRecreated)],
  ['AHEAD', (_, last) => compareEntryIds(last.lastDeliveredId, last.lastGeneratedId) > 0],
  ['BEHIND-TRIM', (_, last) => last.overtaken],
  ['REWIND', (_, last, samples) => samples.some((one) => isBehind(last, one))],
  ['NO-CONSUMER', (_, last) => last.consumers === 0 && (last.lag !== 0 || last.pending > 0)],
  ['STOP', (first, last, samples) => standsStill(samples) && (last.quietMs ?? 0) >= last.atMs - first.atMs],
  ['STALL', (_, __, samples) => standsStill(samples)],
  ['ACK-STALL', acknowledgesNothing],
  ['WARN', fallsBehind],
]

/**
 * How a group has moved through the samples, oldest first, without a threshold for its lag: only whether it
 * keeps up. A group that was at the end of its stream in any sample keeps up, however little traffic there is.
 * `null` for fewer than two samples.
 */
export function judgeGroupStatus(samples: readonly GroupSample[]): GroupStatus | null {
  const [first] = samples
  const last = samples.at(-1)
  if (!first || !last || samples.length < 2) return null
  return RULES.find(([, holds]) => holds(first, last, samples))?.[0] ?? 'OK'
}

function isRecreated([before, after]: readonly [GroupSample, GroupSample]): boolean {
  const fewer = (after.entriesAdded ?? 0) < (before.entriesAdded ?? 0) && after.entriesAdded !== null
  return fewer || compareEntryIds(after.lastGeneratedId, before.lastGeneratedId) < 0
}

const isBehind = (a: GroupSample, b: GroupSample): boolean =>
  compareEntryIds(a.lastDeliveredId, b.lastDeliveredId) < 0

/** Entries waited in every sample, and none was delivered between the first and the last. */
function standsStill(samples: readonly GroupSample[]): boolean {
  const places = new Set(samples.map(({ lastDeliveredId }) => lastDeliveredId))
  return samples.every(({ lag }) => lag !== 0) && places.size === 1
}

/** The same entry was the oldest all the time, others were delivered, and not one was acknowledged. */
function acknowledgesNothing(
  first: GroupSample,
  last: GroupSample,
  samples: readonly GroupSample[],
): boolean {
  const heads = new Set(samples.map(({ lowestPendingId }) => lowestPendingId))
  const delivered = compareEntryIds(last.lastDeliveredId, first.lastDeliveredId) > 0
  return delivered && heads.size === 1 && !heads.has(null) && acknowledgedBetween(first, last) === 0
}

/** By what was read and no longer pends; where Redis cannot tell, by whether the pending entries grew fewer. */
export function acknowledgedBetween(first: GroupSample, last: GroupSample): number {
  if (first.entriesRead === null || last.entriesRead === null)
    return Math.max(0, first.pending - last.pending)
  return Math.max(0, last.entriesRead - first.entriesRead - (last.pending - first.pending))
}

/** Never at the end, never nearer to it than before, and further away in the end. */
function fallsBehind(_: GroupSample, __: GroupSample, samples: readonly GroupSample[]): boolean {
  const known = samples.every(({ lag }) => lag !== null)
  const behind = samples.map(({ lag, behindMs }) => (known ? lag : behindMs))
  if (behind.some((one) => one === null || one === 0)) return false
  const distances = behind as number[]
  return (
    pairs(distances).every(([before, after]) => after >= before) &&
    (distances.at(-1) ?? 0) > (distances[0] ?? 0)
  )
}

function pairs<Item>(items: readonly Item[]): (readonly [Item, Item])[] {
  return items.slice(1).map((item, index) => [items[index] as Item, item] as const)
}
