import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Moment } from '#kernel/report/report.ts'
import { changePoints } from '#kernel/statistics/change-points.ts'
import { theilSen } from '#kernel/statistics/theil-sen.ts'
import { thinByMedian } from '#kernel/statistics/thin-by-median.ts'
import type { Watched } from './watched.ts'

const STRETCHES = 100
const FEWEST_POINTS = 40
/** A step that is worth a look, as a share of the level before it. */
const NAMED = 0.1

/** Where a quantity moved to another level, once its trend is taken away, as moments of the run. */
export function findSteps({ name, unit, points, floorPerHour }: Watched): Moment[] {
  const trend = points.length < FEWEST_POINTS ? null : theilSen(points)
  if (trend === null) return []
  const kept = thinByMedian(points, STRETCHES)
  const level = trend.intercept
  const rest = kept.map(([at, value]) => value - trend.slope * at)
  return changePoints(rest, { atLeast: 8 })
    .filter(
      ({ before, after }) => Math.abs(after - before) >= Math.max(floorPerHour, NAMED * Math.abs(level)),
    )
    .map(({ at, before, after }) => ({
      at: kept[at]?.[0] ?? 0,
      what: `${name}: from about ${formatMeasure(before, unit)} to ${formatMeasure(after, unit)}`,
      kind: 'note',
    }))
}
