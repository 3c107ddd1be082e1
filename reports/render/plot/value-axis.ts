import { extent } from 'd3-array'
import { scaleLinear, scaleLog } from 'd3-scale'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { scaleFor } from '#kernel/format/scale-for.ts'
import type { Unit } from '#kernel/report/report.ts'
import type { Axis } from './axis.ts'
import { isDrawable } from './is-drawable.ts'

type Range = readonly [bottom: number, top: number]

/** The measured values. Starts at zero, because a cut axis makes a wave of every ripple. */
export function linearAxis(unit: Unit, values: readonly number[], range: Range): Axis {
  const [lowest = 0, highest = 0] = extent(values)
  const { divide, label } = scaleFor(unit, Math.max(Math.abs(lowest), Math.abs(highest)))
  const [bottom, top] = [Math.min(0, lowest / divide), Math.max(0, highest / divide)]
  const scale = scaleLinear([bottom, top > bottom ? top * 1.04 : bottom + 1], range).nice(4)
  return {
    at: (value) => (isDrawable(value) ? scale(value / divide) : null),
    ticks: scale.ticks(4).map((value) => ({ at: scale(value), text: formatNumber(value) })),
    title: label,
  }
}

/** Values that span decades, such as latencies of a stall: each decade is equally high. All must be above 0. */
export function logAxis(unit: Unit, values: readonly number[], range: Range): Axis {
  const [lowest = 1, highest = 10] = extent(values)
  const first = Math.floor(Math.log10(lowest) + 1e-9)
  const last = Math.max(first + 1, Math.ceil(Math.log10(highest) - 1e-9))
  const scale = scaleLog([10 ** first, 10 ** last], range)
  const step = Math.ceil((last - first + 1) / 7)
  const decades = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index))
  return {
    at: (value) => (value > 0 && isDrawable(value) ? scale(value) : null),
    ticks: decades
      .filter((_, index) => index % step === 0)
      .map((value) => ({ at: scale(value), text: formatMeasure(value, unit) })),
    title: 'log scale',
  }
}

/** Whether values span so many decades that a linear axis would show only the largest. */
export function spansDecades(values: readonly number[]): boolean {
  const [lowest = 0, highest = 0] = extent(values)
  return lowest > 1e-50 && highest / lowest >= 50
}
