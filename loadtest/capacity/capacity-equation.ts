import { bufferHours, RESERVED_SHARE } from './buffer-hours.ts'

/** What an entry costs, as measured, in bytes. */
export interface Costs {
  /** What counts against maxmemory before the first entry. */
  readonly baseline: number
  readonly perEntry: number
  /** Beside the entry itself, for every group that was handed it and has not acknowledged it. */
  readonly perPending: number
  /** Append-only file; `null` when it is off. */
  readonly aofPerEntry: number | null
  readonly aofPerGroup: number | null
}

/** The deployment that the capacity is told for. */
export interface Deployment {
  readonly maxmemoryBytes: number
  readonly eventsPerSecond: number
  readonly groups: number
  /** How long the relay keeps events for a subscriber that stands still. */
  readonly replayWindowHours: number
}

/** Hours for which the buffer lasts from empty; `null` where the sizes give no number. */
export interface Capacity {
  /** No group reads: entries alone pile up. The longest outage of a stopped indexer without backpressure. */
  readonly stopped: number | null
  /** One group reads and acknowledges nothing; the others are up to date. */
  readonly oneHangs: number | null
  /** Every group reads and acknowledges nothing. */
  readonly allHang: number | null
  /** Until the relay, too, has forgotten what nobody read: full, and then its replay window. */
  readonly untilLoss: number | null
  /** Growth of the append-only file between rewrites, every group reading and acknowledging; `null` when off. */
  readonly aofBytesPerHour: number | null
}

/** The capacity equation: room ÷ (what a second's entries cost). A tenth of maxmemory is kept free. */
export function capacityOf(costs: Costs, deployment: Deployment): Capacity {
  const { maxmemoryBytes, eventsPerSecond, groups, replayWindowHours } = deployment
  const hours = (pendingIn: number) =>
    bufferHours(
      {
        maxmemory: maxmemoryBytes,
        baseline: costs.baseline,
        bytesPerEntry: costs.perEntry + pendingIn * costs.perPending,
      },
      eventsPerSecond,
    )
  const allHang = hours(groups)
  const aof =
    costs.aofPerEntry === null || costs.aofPerGroup === null
      ? null
      : costs.aofPerEntry + groups * costs.aofPerGroup
  return {
    stopped: hours(0),
    oneHangs: hours(1),
    allHang,
    untilLoss: allHang === null ? null : allHang + replayWindowHours,
    aofBytesPerHour: aof === null ? null : aof * eventsPerSecond * 3_600,
  }
}

/** The maxmemory, in bytes, with which the buffer lasts that many hours even if every group hangs. */
export function maxmemoryFor(
  hours: number,
  costs: Costs,
  { eventsPerSecond, groups }: Pick<Deployment, 'eventsPerSecond' | 'groups'>,
): number {
  const entries = hours * 3_600 * eventsPerSecond
  const needed = costs.baseline + entries * (costs.perEntry + groups * costs.perPending)
  return needed / (1 - RESERVED_SHARE)
}
