import { scaleLinear } from 'd3-scale'
import type { Axis } from './axis.ts'
import { isDrawable } from './is-drawable.ts'

/**
 * Percentiles spaced by their nines, as latency is read: 90, 99 and 99.9 are equally far apart. The last
 * place is for the maximum, which has no number of nines.
 */
export function percentileAxis(percentiles: readonly number[], range: readonly [number, number]): Axis {
  const deepest = Math.max(1, ...percentiles.filter((one) => one < 100).map(ninesOf))
  const last = Math.min(9, Math.ceil(deepest - 1e-9) + (percentiles.includes(100) ? 0.5 : 0))
  const scale = scaleLinear([0, last], range).clamp(true)
  const decades = Array.from({ length: Math.floor(last) + 1 }, (_, nines) => nines)
  const ticks = decades.map((nines) => ({ at: scale(nines), text: nines === 0 ? '0' : toText(nines) }))
  const median = { at: scale(ninesOf(50)), text: '50' }
  const maximum = { at: scale(last), text: 'max' }
  return {
    at: (value) => (isDrawable(value) ? scale(value >= 100 ? last : ninesOf(value)) : null),
    ticks: [...ticks, ...(last < 6 ? [median] : []), ...(last % 1 === 0 ? [] : [maximum])],
    title: 'percentile',
  }
}

/** 90 has one nine, 99 two, 99.9 three. */
function ninesOf(percentile: number): number {
  return -Math.log10(1 - Math.max(0, Math.min(percentile, 100 - 1e-7)) / 100)
}

function toText(nines: number): string {
  return String(Number((100 - 10 ** (2 - nines)).toFixed(Math.max(0, nines - 2))))
}
