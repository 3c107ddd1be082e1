import type { Measurement, Section, Statement, Unit } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import type { K6Summary } from './k6-summary.ts'

/** How a run of k6 ended. */
export interface K6Run {
  readonly script: string
  /** 0; 99 when a threshold was crossed; anything else is a failure. https://grafana.com/docs/k6 */
  readonly exit: number | NodeJS.Signals
  /** `null` when it wrote none. */
  readonly summary: K6Summary | null
  /** What it said last. */
  readonly lastWords: string
}

const THRESHOLDS_CROSSED = 99
/** Crossed when arrivals found no free client: then the generator was late, and nothing was learned. */
const LATENESS = 'dropped_iterations'
const METHOD = 'k6, its own aggregation'

/** Thresholds as statements, everything else as measurements. Nothing measured is never a pass. */
export function toK6Section({ script, exit, summary, lastWords }: K6Run): Section {
  const metrics = Object.entries(summary?.metrics ?? {})
  const judged = metrics.flatMap(([name, { thresholds = {} }]) =>
    Object.entries(thresholds).map(([rule, crossed]) => toStatement(name, rule, crossed)),
  )
  const statements = [...judged, ...whatIsWrong(exit, summary, lastWords, judged.length)]
  const verdict = worst(statements.map((statement) => statement.verdict))
  return {
    title: `What does k6 say of ${script}?`,
    verdict,
    answer:
      verdict === 'pass'
        ? 'every threshold held'
        : (statements.find((one) => one.verdict === verdict)?.says ?? ''),
    statements,
    measurements: metrics.flatMap(([name, values]) => toMeasurements(name, values)),
    plots: [],
    timeline: [],
  }
}

function toStatement(name: string, rule: string, crossed: boolean): Statement {
  const broken = name === LATENESS ? 'unknown' : 'fail'
  const late =
    name === LATENESS ? '; arrivals found no free client, so this machine was too slow to tell' : ''
  return {
    subject: name,
    verdict: crossed ? broken : 'pass',
    says: crossed ? `${name} is not ${rule}${late}` : `${name} is ${rule}`,
    expected: rule,
  }
}

function whatIsWrong(
  exit: K6Run['exit'],
  summary: K6Summary | null,
  lastWords: string,
  judged: number,
): Statement[] {
  const unknown = (says: string): Statement => ({ subject: 'k6', verdict: 'unknown', says })
  if (summary === null) return [unknown(`k6 ended with ${exit} and wrote no summary: ${lastWords}`)]
  if (exit !== 0 && exit !== THRESHOLDS_CROSSED) return [unknown(`k6 ended with ${exit}: ${lastWords}`)]
  return judged === 0 ? [unknown('the script has no thresholds, so nothing was held against it')] : []
}

/** A trend has times; a counter counts bytes where its name says so. */
function toMeasurements(name: string, values: Readonly<Record<string, unknown>>): Measurement[] {
  const isTrend = 'med' in values
  const samples = Number(values['count'] ?? 0)
  return Object.entries(values).flatMap(([stat, value]) => {
    const unit = isTrend ? 'ms' : unitOf(name, stat)
    if (typeof value !== 'number' || unit === null || (isTrend && stat === 'count')) return []
    return { name: `${name} ${stat}`, unit, value, samples, method: METHOD }
  })
}

function unitOf(name: string, stat: string): Unit | null {
  const ofBytes = /^data_|bytes/.test(name)
  if (stat === 'count') return ofBytes ? 'bytes' : 'events'
  if (stat === 'rate') return ofBytes ? 'bytes/s' : 'events/s'
  return null
}
