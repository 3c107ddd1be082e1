import type { Series } from '#kernel/report/report.ts'
import { thinByMedian } from '#kernel/statistics/thin-by-median.ts'

const MOST_ROUNDS = 20

/** A curve as the medians of at most twenty stretches, which another run can be held against. */
export function toRounds(points: Series['points']): number[] {
  const seen = points.flatMap(([at, value]) => (value === null ? [] : [[at, value] as const]))
  return thinByMedian(seen, MOST_ROUNDS).map(([, value]) => value)
}
