import { median } from 'd3-array'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Statement } from '#kernel/report/report.ts'
import { theilSen } from '#kernel/statistics/theil-sen.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import type { Watched } from './watched.ts'

/** Growth per hour worth naming, and growth that doubles a level within a day, as shares of it. */
const NAMED = 0.005
const TOO_MUCH = 0.05

const HOUR = 3_600

/** How a quantity went, in its unit per hour. */
export interface Growth {
  readonly perHour: number
  readonly low: number
  readonly high: number
  readonly level: number
  readonly samples: number
}

/** `null` where too few points were seen. */
export function growthOf({ points }: Watched): Growth | null {
  const trend = theilSen(points)
  const level = median(points, ([, value]) => value)
  if (trend === null || level === undefined) return null
  const { slope, low, high } = trend
  return { perHour: slope * HOUR, low: low * HOUR, high: high * HOUR, level, samples: points.length }
}

/**
 * Whether a quantity grows. Named is only what 95 % confidence leaves no doubt of, from half a percent per hour on; a run
 * that could not have seen that much passes no judgement, or is unknown where it was a soak.
 */
export function judgeGrowth(watched: Watched, soak: boolean): Statement {
  const { name, points, why } = watched
  const about = { subject: name, expected: `growth of less than ${NAMED * 100} % an hour`, why }
  const undecided = soak ? 'unknown' : 'not-applicable'
  const growth = growthOf(watched)
  if (growth === null) {
    return { ...about, verdict: undecided, says: `not judged: ${points.length} looks are too few` }
  }
  return { ...about, ...judgeSize(watched, growth, undecided) }
}

type Judged = Pick<Statement, 'verdict' | 'says' | 'remedy'>

function judgeSize({ unit, floorPerHour, remedy }: Watched, growth: Growth, undecided: Verdict): Judged {
  const { perHour, low, high, level } = growth
  const atLeast = (share: number) => Math.max(floorPerHour, share * Math.abs(level))
  const hourly = (change: number) => `${change < 0 ? '' : '+'}${sayChange(change, unit)} an hour`
  if (low > 0 && perHour >= atLeast(NAMED)) {
    const verdict = perHour >= atLeast(TOO_MUCH) ? 'fail' : 'warn'
    const says = `grows by ${hourly(perHour)}${sayShare(growth, unit)} (95 %: ${hourly(low)} to ${hourly(high)})`
    return { verdict, says, remedy }
  }
  if (high <= atLeast(NAMED)) {
    const how = high < 0 ? `falls by ${hourly(perHour)}` : `steady: at most ${hourly(high)}`
    return { verdict: 'pass', says: `${how}, around ${formatMeasure(level, unit)}` }
  }
  const says = `cannot tell: between ${hourly(low)} and ${hourly(high)}`
  return { verdict: undecided, says, remedy: 'run it for longer' }
}

function sayShare({ perHour, level }: Growth, unit: Watched['unit']): string {
  return level > 0 ? `, ${((perHour / level) * 100).toFixed(1)} % of ${formatMeasure(level, unit)}` : ''
}

/** The same as numbers, for comparisons. */
export function growthMeasurement(watched: Watched): Measurement {
  const growth = growthOf(watched)
  const share = growth && growth.level > 0 ? growth.perHour / growth.level : null
  return {
    name: `growth of ${watched.name}, per hour`,
    unit: 'ratio',
    value: share,
    samples: growth?.samples ?? 0,
    method: 'median slope over all pairs of looks (Theil-Sen), as a share of the median',
    better: 'lower',
  }
}

function sayChange(change: number, unit: Watched['unit']): string {
  return Number.isFinite(change) ? formatMeasure(change, unit) : 'any amount'
}
