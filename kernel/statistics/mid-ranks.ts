import { rank } from 'd3-array'
import { tieSizes } from './tie-sizes.ts'

/** Ranks from 1, in the order of the values; equal ones share the middle of theirs. */
export function midRanks(values: readonly number[]): number[] {
  const sizes = tieSizes(values)
  const lowest = rank(values)
  return values.map((value, index) => (lowest[index] ?? 0) + 1 + ((sizes.get(value) ?? 1) - 1) / 2)
}
