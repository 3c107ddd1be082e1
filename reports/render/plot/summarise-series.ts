import { max, median, min } from 'd3-array'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Plot, Series } from '#kernel/report/report.ts'

/** A curve in words, for those who cannot see it and those who want its numbers. */
export interface SeriesSummary {
  readonly name: string
  readonly points: number
  readonly lowest: string
  readonly median: string
  readonly highest: string
  readonly last: string
}

/** What a reader would want to read off the curve. */
export function summariseSeries({ name, points }: Series, unit: Plot['unit']): SeriesSummary {
  const values = points.map(([, y]) => y).filter((y) => y !== null && Number.isFinite(y))
  const say = (value: number | null | undefined) => formatMeasure(value ?? null, unit)
  return {
    name,
    points: values.length,
    lowest: say(min(values, Number)),
    median: say(median(values, Number)),
    highest: say(max(values, Number)),
    last: say(values.at(-1)),
  }
}
