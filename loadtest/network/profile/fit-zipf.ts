const MOST = 5

/**
 * The exponent s with which counts that are proportional to 1 / rank^s are the likeliest to have been seen: the
 * maximum of the likelihood over ranks, found by halving. Ranks are those of the sample, so that accounts which it
 * never saw do not count.
 */
export function fitZipf(counts: readonly number[]): number {
  const ranked = counts.toSorted((one, other) => other - one)
  const total = ranked.reduce((sum, count) => sum + count, 0)
  const seen = ranked.reduce((sum, count, index) => sum + count * Math.log(index + 1), 0) / total
  let [low, high] = [0, MOST]
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2
    if (expectedLogRank(ranked.length, middle) > seen) low = middle
    else high = middle
  }
  return Number(((low + high) / 2).toFixed(3))
}

/** The mean of log(rank) where rank r comes in proportion to 1 / r^s; it falls as s grows. */
function expectedLogRank(ranks: number, exponent: number): number {
  let weights = 0
  let logs = 0
  for (let rank = 1; rank <= ranks; rank += 1) {
    const weight = rank ** -exponent
    weights += weight
    logs += weight * Math.log(rank)
  }
  return logs / weights
}
