import { midRanks } from './mid-ranks.ts'

/**
 * By how much the variance of a trend test grows because each value resembles the one before it: (1 + r) / (1 - r), as of a
 * first-order autoregression (Yue & Wang 2004). r is that of the ranks, so that a few wild values do not hide it, and is
 * corrected for what taking a trend away takes from it (Kendall 1954). From 1, for values that come
 * independently, to their number, for a walk that tells no more than one value would.
 */
export function memoryFactor(values: readonly number[]): number {
  const n = values.length
  if (n < FEWEST_VALUES) return 1
  const resemblance = (n * ofNeighbours(values) + 2) / (n - 4)
  if (resemblance >= 1) return n
  return Math.min(n, Math.max(1, (1 + resemblance) / (1 - resemblance)))
}

const FEWEST_VALUES = 8

/** Correlation of the ranks of neighbours; 0 where all are equal. */
function ofNeighbours(values: readonly number[]): number {
  const middle = (values.length + 1) / 2
  const centred = midRanks(values).map((one) => one - middle)
  let [together, total] = [0, 0]
  for (const [index, one] of centred.entries()) {
    total += one * one
    together += one * (centred[index - 1] ?? 0)
  }
  return total === 0 ? 0 : together / total
}
