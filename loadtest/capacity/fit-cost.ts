import { type Point, theilSen } from '#kernel/statistics/theil-sen.ts'

/** Bytes by number, as a straight line. */
export interface Fit {
  /** Bytes that each one costs. */
  readonly slope: number
  /** The farthest look from the line, as a share of the rise over all looks; 0 is a line through every look. */
  readonly worstShare: number
  readonly looks: number
}

/**
 * The Theil–Sen line through the looks, by which a few wild ones do not bend the cost. Its interval is of no use here:
 * it asks whether there is a trend at all, and memory that grows in steps looks to it like a walk. `null` for too few looks.
 */
export function fitCost(looks: readonly Point[]): Fit | null {
  const line = theilSen(looks)
  if (line === null) return null
  const { slope, intercept } = line
  const counts = looks.map(([count]) => count)
  const rise = Math.abs(slope) * (Math.max(...counts) - Math.min(...counts))
  const worst = Math.max(...looks.map(([count, bytes]) => Math.abs(bytes - intercept - slope * count)))
  return { slope, worstShare: rise > 0 ? worst / rise : Number.POSITIVE_INFINITY, looks: looks.length }
}
