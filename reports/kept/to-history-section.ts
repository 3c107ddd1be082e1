import { median } from 'd3-array'
import { formatAny } from '#kernel/format/format-any.ts'
import { isUnit, type Moment, type Plot, type Section, type Statement } from '#kernel/report/report.ts'
import type { ChangePoint } from '#kernel/statistics/change-points.ts'
import { type Verdict, worst } from '#kernel/verdict/verdict.ts'
import type { Run } from '../compare/run.ts'
import { describeInstant } from '../summarise/describe-instant.ts'
import { configuredLike } from './configured-like.ts'
import { FEWEST_RUNS, type RunTrend, toTrends } from './to-trend.ts'

/** The kept runs of one subject that were configured like its latest: every number over time, and when it changed. */
export function toHistorySection(runs: readonly Run[], smallest: number): Section | null {
  const latest = runs.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1)
  if (!latest) return null
  const alike = configuredLike(latest, runs)
  const trends = toTrends(alike, smallest)
  const statements = trends.map(toStatement)
  const changed = trends.filter(({ changes }) => (changes?.length ?? 0) > 0).length
  const others = runs.length - alike.length
  const firstMs = Math.min(...alike.map(({ startedAt }) => Date.parse(startedAt)))
  return {
    title: `${latest.area} of ${latest.subject}`,
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: `runs until ${describeInstant(latest.startedAt)}: ${alike.length}; ${changed} of ${trends.length} numbers changed${others > 0 ? `; left out as configured otherwise: ${others}` : ''}`,
    statements,
    measurements: [],
    plots: trends.flatMap((trend) => toPlot(trend, firstMs)),
    timeline: trends.flatMap((trend) => toMoments(trend, firstMs)).toSorted((a, b) => a.at - b.at),
  }
}

function toStatement({ name, unit, better, runs, changes }: RunTrend): Statement {
  if (changes === null) {
    const says = `too few to see a change: ${runs.length} of at least ${FEWEST_RUNS} runs`
    return { subject: name, verdict: 'unknown', says }
  }
  const last = changes.at(-1)
  if (!last) {
    const middle = median(runs, ({ value }) => value) ?? null
    return { subject: name, verdict: 'pass', says: `steady around ${formatAny(middle, unit)}` }
  }
  const steps = changes.map(
    ({ at, before, after }) =>
      `on ${describeInstant(runs[at]?.startedAt ?? 'an unknown day')} from ${formatAny(before, unit)} to ${formatAny(after, unit)}`,
  )
  return { subject: name, verdict: verdictOf(last, better), says: `changed ${steps.join(', ')}` }
}

/** The last change is what an operator lives with. */
function verdictOf({ before, after }: ChangePoint, better: RunTrend['better']): Verdict {
  return better !== null && after > before === (better === 'higher') ? 'pass' : 'warn'
}

/** Every change, on the clock of the plots. */
function toMoments({ name, unit, runs, changes }: RunTrend, firstMs: number): Moment[] {
  return (changes ?? []).map(({ at, before, after }) => ({
    at: (Date.parse(runs[at]?.startedAt ?? '') - firstMs) / 1_000,
    what: `${name}: from ${formatAny(before, unit)} to ${formatAny(after, unit)}`,
    kind: 'note',
  }))
}

function toPlot({ name, unit, runs }: RunTrend, firstMs: number): Plot[] {
  if (!isUnit(unit) || runs.length < 2) return []
  const points = runs.map(
    ({ startedAt, value }) => [(Date.parse(startedAt) - firstMs) / 1_000, value] as const,
  )
  const method = `${runs.length} runs, from ${describeInstant(runs[0]?.startedAt ?? '')} on`
  return [{ title: name, unit, x: 'seconds', series: [{ name, points }], method }]
}
