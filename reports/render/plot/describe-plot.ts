import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Moment, Plot } from '#kernel/report/report.ts'
import { describeMoment } from '../../summarise/describe-moment.ts'
import { summariseSeries } from './summarise-series.ts'

/** A plot in sentences, for those who hear it. */
export function describePlot({ series, ceiling, unit, x }: Plot, timeline: readonly Moment[]): string {
  const curves = series.map((one) => {
    const { name, lowest, median, highest, last, points } = summariseSeries(one, unit)
    if (points === 0) return `${name}: nothing was measured.`
    return `${name}: lowest ${lowest}, median ${median}, highest ${highest}, last ${last}.`
  })
  const moments =
    x === 'seconds' ? timeline.map(({ at, kind, what }) => `${describeMoment(at)} ${kind}: ${what}.`) : []
  const limit = ceiling ? [`${ceiling.name}: ${formatMeasure(ceiling.value, unit)}.`] : []
  return [...curves, ...limit, ...moments].join(' ')
}
