import { extent } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { formatNumber } from '#kernel/format/format-number.ts'
import { scaleFor } from '#kernel/format/scale-for.ts'
import type { Axis } from './axis.ts'
import { isDrawable } from './is-drawable.ts'

const WORDS: Readonly<Record<string, string>> = { s: 'seconds', min: 'minutes', h: 'hours' }

/** Time since the section began, from its start or earlier to the last thing that happened. */
export function secondsAxis(times: readonly number[], range: readonly [number, number], ticks: number): Axis {
  const [first = 0, last = 0] = extent(times.filter(isDrawable))
  const start = Math.min(0, first)
  const end = last > start ? last : start + 1
  const { divide, label } = end < 2 ? { divide: 1, label: 's' } : scaleFor('s', end)
  const scale = scaleLinear([start / divide, end / divide], range)
  return {
    at: (value) => (isDrawable(value) ? scale(value / divide) : null),
    ticks: scale.ticks(ticks).map((value) => ({ at: scale(value), text: formatNumber(value) })),
    title: WORDS[label] ?? label,
  }
}
