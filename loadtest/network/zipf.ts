import type { Random } from './random.ts'

/**
 * Draws ranks from 0 to `count - 1`, rank r in proportion to 1 / (r + 1) ^ exponent: few accounts write a lot,
 * most write little. Exponent 0 is uniform.
 */
export function zipf(count: number, exponent: number): (random: Random) => number {
  const sums = new Float64Array(count)
  let total = 0
  for (let rank = 0; rank < count; rank += 1) {
    total += 1 / (rank + 1) ** exponent
    sums[rank] = total
  }
  return (random) => {
    const target = random.next() * total
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sums[middle] ?? total) <= target) low = middle + 1
      else high = middle
    }
    return low
  }
}
