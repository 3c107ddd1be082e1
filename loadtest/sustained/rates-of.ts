import type { Series } from '#kernel/report/report.ts'
import type { Snapshot } from './snapshot.ts'

/** Growth of a counter per second, between neighbouring looks. */
export function ratesOf(
  snapshots: readonly Snapshot[],
  counter: (snapshot: Snapshot) => number,
): Series['points'] {
  return snapshots.slice(1).map((snapshot, index) => {
    const before = snapshots[index] ?? snapshot
    const lasted = snapshot.at - before.at
    return [snapshot.at, lasted > 0 ? (counter(snapshot) - counter(before)) / lasted : null] as const
  })
}
