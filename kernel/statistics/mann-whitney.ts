import { bothTails } from './both-tails.ts'
import { midRanks } from './mid-ranks.ts'
import { tieSizes } from './tie-sizes.ts'

/**
 * How likely two sets of independent values, drawn from one and the same source, differ in rank as much as these do or more
 * (Mann & Whitney 1947, two-sided): exact for few values without ties, else by the normal approximation with the
 * corrections for ties and continuity. 1 where one side is empty.
 */
export function mannWhitney(before: readonly number[], after: readonly number[]): number {
  const [m, n] = [before.length, after.length]
  if (m === 0 || n === 0) return 1
  const all = [...before, ...after]
  const shares = [...tieSizes(all).values()]
  const ranks = midRanks(all)
  const sum = ranks.slice(0, m).reduce((total, one) => total + one, 0)
  const u = sum - (m * (m + 1)) / 2
  const few = m + n <= EXACT_UP_TO && shares.every((size) => size === 1)
  return few ? exact(Math.min(u, m * n - u), m, n) : approximate(u, m, n, shares)
}

const EXACT_UP_TO = 60

function approximate(u: number, m: number, n: number, ties: readonly number[]): number {
  const all = m + n
  const tied = ties.reduce((total, size) => total + (size ** 3 - size), 0)
  const variance = ((m * n) / 12) * (all + 1 - tied / (all * (all - 1)))
  const away = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5)
  return variance === 0 ? 1 : bothTails(away / Math.sqrt(variance))
}

/** Twice the share of all ways to deal the ranks that give a U as low as this one. */
function exact(lower: number, m: number, n: number): number {
  const ways = waysByU(m, n)
  const total = ways.reduce((sum, count) => sum + count, 0)
  const low = ways.slice(0, lower + 1).reduce((sum, count) => sum + count, 0)
  return Math.min(1, (2 * low) / total)
}

/** In how many ways m of m + n ranks give each U: the coefficients of the Gaussian binomial. */
function waysByU(m: number, n: number): number[] {
  const ways = Array.from({ length: m * n + 1 }, () => 0)
  ways[0] = 1
  for (let part = 1; part <= m; part += 1) {
    for (let u = ways.length - 1; u >= n + part; u -= 1) ways[u] = at(ways, u) - at(ways, u - n - part)
    for (let u = part; u < ways.length; u += 1) ways[u] = at(ways, u) + at(ways, u - part)
  }
  return ways
}

const at = (values: readonly number[], index: number): number => values[index] ?? 0
