/** The middle value; the mean of the two middle ones when their number is even. `null` of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2
}

/**
 * How much faster one alternative is than another: the median of the ratios within each round, so that a
 * machine that grows slower in the middle of a run slows both sides of each ratio.
 */
export function ratio(rates: readonly number[], others: readonly number[]): number | null {
  return median(rates.flatMap((rate, round) => (others[round] ? [rate / others[round]] : [])))
}
