import { median } from 'd3-array'
import type { Interval } from './interval.ts'
import { memoryFactor } from './memory-factor.ts'
import { sortedQuantile } from './sorted-quantile.ts'
import { thinByMedian } from './thin-by-median.ts'
import { tieSizes } from './tie-sizes.ts'

export type Point = readonly [x: number, y: number]

/** A straight line through points, and where its slope lies with 95 % confidence. */
export interface Trend extends Interval {
  /** Growth of y per unit of x. */
  readonly slope: number
  /** Where the line is at x = 0. */
  readonly intercept: number
}

/** How many standard errors to either side of a normal estimate hold 95 %. */
const ERRORS_FOR_95 = 1.959964
const MOST_POINTS = 400
const FEWEST_POINTS = 8

/**
 * The median slope over all pairs of points (Theil 1950, Sen 1968): a few wild points do not bend it. Its interval follows
 * from the variance of Kendall's S, widened where neighbouring points resemble each other, as those of a memory curve do. More than 400 points become the medians of 400 stretches. `null` for fewer than 8 points, or
 * when all have one x.
 */
export function theilSen(points: readonly Point[]): Trend | null {
  if (points.length < FEWEST_POINTS) return null
  const kept = thinByMedian(points, MOST_POINTS)
  const slopes = pairSlopes(kept)
  if (slopes.length === 0) return null
  const slope = sortedQuantile(slopes, 0.5) ?? 0
  const rest = kept.map(([x, y]) => y - slope * x)
  const spread = ERRORS_FOR_95 * Math.sqrt(varianceOfS(kept) * memoryFactor(rest))
  return {
    slope,
    intercept: median(rest) ?? 0,
    low: nth(slopes, (slopes.length - spread) / 2),
    high: nth(slopes, (slopes.length + spread) / 2),
  }
}

function pairSlopes(points: readonly Point[]): Float64Array {
  const slopes: number[] = []
  for (const [index, [x, y]] of points.entries()) {
    for (let other = index + 1; other < points.length; other += 1) {
      const [farX, farY] = points[other] ?? [x, y]
      if (farX !== x) slopes.push((farY - y) / (farX - x))
    }
  }
  return Float64Array.from(slopes).sort()
}

/** Of as many points without a trend, those that tie counted as Kendall does. */
function varianceOfS(points: readonly Point[]): number {
  const share = (n: number) => n * (n - 1) * (2 * n + 5)
  const tied = [...tieSizes(points.map(([, y]) => y)).values()].reduce(
    (total, size) => total + share(size),
    0,
  )
  return (share(points.length) - tied) / 18
}

/** By rank; beyond either end there is no bound that the points could tell. */
function nth(sorted: Float64Array, rank: number): number {
  if (rank < 0) return Number.NEGATIVE_INFINITY
  if (rank > sorted.length - 1) return Number.POSITIVE_INFINITY
  return sorted[Math.round(rank)] ?? Number.NaN
}
