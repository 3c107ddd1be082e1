import type { Interval } from './interval.ts'
import { seeded } from './seeded.ts'
import { sortedQuantile } from './sorted-quantile.ts'

/** How far a quantile moved, as a share of where it was: 0.1 is a tenth more. */
export interface Change extends Interval {
  readonly change: number
}

export interface ChangeOptions {
  /** From 0 to 1; the median by default. */
  readonly quantile?: number
  readonly seed?: number
}

const RESAMPLES = 2_000

/** With fewer, a side says next to nothing about its own spread. */
const FEWEST_OF_ITS_OWN = 4

/**
 * The relative change of a quantile between two sets of independent values, with the percentile bootstrap's
 * interval (Efron 1979): both sides are drawn again, with replacement, and compared each time. A side of fewer than four
 * values is taken to spread as the other does. `null` where one side is empty or the quantile was 0, of which nothing
 * is a share.
 */
export function bootstrapChange(
  before: readonly number[],
  after: readonly number[],
  { quantile = 0.5, seed = 1 }: ChangeOptions = {},
): Change | null {
  const was = quantileOf(before, quantile)
  const is = quantileOf(after, quantile)
  if (was === null || is === null || was === 0) return null
  const random = seeded(seed)
  const drawBefore = drawing(before, after, random)
  const drawAfter = drawing(after, before, random)
  const changes = new Float64Array(RESAMPLES)
  for (let round = 0; round < RESAMPLES; round += 1) {
    const from = quantileOf(drawBefore(), quantile) ?? 0
    changes[round] = relative(from, quantileOf(drawAfter(), quantile) ?? 0)
  }
  changes.sort()
  const bound = (share: number) => sortedQuantile(changes, share) ?? Number.NaN
  return { change: relative(was, is), low: bound(0.025), high: bound(0.975) }
}

/** A drawing of nothing but zeros says that anything is possible upwards, and nothing where it stayed. */
function relative(from: number, to: number): number {
  if (from === 0) return to === 0 ? 0 : Math.sign(to) * Number.POSITIVE_INFINITY
  return (to - from) / Math.abs(from)
}

/** A way to draw one side again. */
function drawing(values: readonly number[], others: readonly number[], random: () => number) {
  const pick = (some: readonly number[]) => some[Math.floor(random() * some.length)] ?? 0
  const middle = quantileOf(others, 0.5) ?? 0
  const borrows = values.length < FEWEST_OF_ITS_OWN && others.length > values.length && middle !== 0
  const one = () => pick(values) * (borrows ? pick(others) / middle : 1)
  return () => values.map(one)
}

function quantileOf(values: readonly number[], quantile: number): number | null {
  return sortedQuantile(Float64Array.from(values).sort(), quantile)
}
