import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Statement } from '#kernel/report/report.ts'
import type { LoadRun } from './engine/load-run.ts'
import type { Threshold } from './scenario.ts'

/** Waits that are counted whether they ended or not. */
const WHOLE = /(published|acknowledged) (p[\d.]+|max)$/

/** Whether a run was fast enough; `late` says why the generator cannot be believed, `null` when it can. */
export function judgeThreshold(
  threshold: Threshold,
  measurements: readonly Measurement[],
  run: LoadRun,
  late: string | null,
): Statement {
  const found = measurements.find(({ name }) => name === threshold.measure)
  const about = { subject: threshold.measure, expected: describeBounds(threshold, found) }
  if (!found) return { ...about, verdict: 'unknown', says: 'no such measurement in this run' }
  const { value, samples } = found
  if (value === null) return { ...about, verdict: 'unknown', says: `${samples} samples are too few to tell` }
  const says = `${shown(value, found)}, ${samples} samples`
  const spoiled = late ?? (WHOLE.test(threshold.measure) ? null : whyIncomplete(run))
  if (spoiled !== null) return { ...about, verdict: 'unknown', says: `${says}; ${spoiled}` }
  const { atMost = Infinity, atLeast = -Infinity } = threshold
  return { ...about, verdict: value <= atMost && value >= atLeast ? 'pass' : 'fail', says }
}

function describeBounds({ atMost, atLeast }: Threshold, found: Measurement | undefined): string {
  const most = atMost === undefined ? [] : [`at most ${shown(atMost, found)}`]
  const least = atLeast === undefined ? [] : [`at least ${shown(atLeast, found)}`]
  return [...most, ...least].join(', ')
}

/** Events that never came have no latency, and those that came look the faster for it. */
function whyIncomplete({ flows, consumers, scenario }: LoadRun): string | null {
  const away = flows.reduce(
    (sum, { books }) =>
      'missing' in books
        ? sum
        : sum + books.ledger.attempted - books.ledger.delivered - books.ledger.rejected,
    0,
  )
  const seen =
    flows.every(({ books }) => !('missing' in books)) && consumers.length === scenario.groups.length
  if (away === 0 && seen) return null
  return `${seen ? away : 'an unknown number of'} events never came, and are not in it`
}

function shown(value: number, found: Measurement | undefined): string {
  return found ? formatMeasure(value, found.unit) : `${value}`
}
