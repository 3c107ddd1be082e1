import type { Moment, Plot, Series } from '#kernel/report/report.ts'
import type { Axis } from './axis.ts'
import { isDrawable } from './is-drawable.ts'
import { percentileAxis } from './percentile-axis.ts'
import { secondsAxis } from './seconds-axis.ts'
import { linearAxis, logAxis, spansDecades } from './value-axis.ts'

/** A size at which a plot is drawn, and how many ticks have room. Text keeps its size, so each needs its own. */
export interface Size {
  readonly name: 'wide' | 'narrow'
  readonly width: number
  readonly height: number
  readonly ticks: number
}

export const SIZES: readonly Size[] = [
  { name: 'wide', width: 720, height: 264, ticks: 9 },
  { name: 'narrow', width: 328, height: 240, ticks: 5 },
]

/** The drawing area of a plot and its axes, in pixels of its size. */
export interface Frame {
  readonly size: Size
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: Axis
  readonly y: Axis
}

/** What shares the clock of a plot: its section's other curves and what happened in it. */
export interface Neighbours {
  readonly times: readonly number[]
  readonly timeline: readonly Moment[]
}

/** The frame in which every curve, the ceiling and every moment of a plot has its place. */
export function frameFor(plot: Plot, { times, timeline }: Neighbours, size: Size): Frame {
  const hasMoments = plot.x === 'seconds' && timeline.length > 0
  const [left, right, top, bottom] = [58, size.width - 14, hasMoments ? 46 : 30, size.height - 38]
  const values = [...plot.series.flatMap(valuesOf), ...(plot.ceiling ? [plot.ceiling.value] : [])]
  const drawable = values.filter(isDrawable)
  const log = plot.x === 'percentile' && spansDecades(drawable)
  const xs = plot.series.flatMap(({ points }) => points.map(([x]) => x))
  return {
    size,
    left,
    right,
    top,
    bottom,
    x:
      plot.x === 'percentile'
        ? percentileAxis(xs, [left, right])
        : secondsAxis([...xs, ...times], [left, right], size.ticks),
    y: (log ? logAxis : linearAxis)(plot.unit, drawable, [bottom, top]),
  }
}

function valuesOf({ points }: Series): (number | null)[] {
  return points.map(([, y]) => y)
}
