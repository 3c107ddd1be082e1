export interface Split {
  /** Index of the first value of the right side. */
  readonly at: number
  /** Energy distance of the two sides, weighted by their sizes (Székely & Rizzo 2005). */
  readonly distance: number
}

/** Where the two sides of a series lie farthest apart; `null` where no split leaves either side `atLeast` values. */
export function bestSplit(values: readonly number[], atLeast: number): Split | null {
  const n = values.length
  const fewest = Math.max(1, atLeast)
  let [left, across, right] = [0, 0, sumOfDistances(values)]
  let best: Split | null = null
  for (let at = 1; at <= n - fewest; at += 1) {
    const { before, after } = distancesFrom(values, at - 1)
    left += before
    right -= after
    across += after - before
    if (at < fewest) continue
    const rest = n - at
    const between = (2 * across) / (at * rest)
    const within = (2 * left) / (at * at) + (2 * right) / (rest * rest)
    const distance = ((at * rest) / n) * (between - within)
    if (distance > (best?.distance ?? 0)) best = { at, distance }
  }
  return best
}

/** Of one value, to all before it and to all after it. */
function distancesFrom(values: readonly number[], index: number) {
  const value = values[index] ?? 0
  let [before, after] = [0, 0]
  for (let other = 0; other < index; other += 1) before += Math.abs((values[other] ?? 0) - value)
  for (let other = index + 1; other < values.length; other += 1)
    after += Math.abs((values[other] ?? 0) - value)
  return { before, after }
}

function sumOfDistances(values: readonly number[]): number {
  let sum = 0
  for (const index of values.keys()) sum += distancesFrom(values, index).before
  return sum
}
