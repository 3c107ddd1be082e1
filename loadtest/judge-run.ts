import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Statement } from '#kernel/report/report.ts'
import { judgeLedger } from '#loadtest/ledger/judge-ledger.ts'
import { judgeSelf } from './engine/judge-self.ts'
import type { FlowOfGroup, LoadRun } from './engine/load-run.ts'
import type { Reconciled } from './engine/reconcile-load.ts'
import type { Threshold } from './scenario.ts'

/** Waits that are counted whether they ended or not. */
const WHOLE = /(published|acknowledged) (p[\d.]+|max)$/

/**
 * Reads a run in the order of what it would invalidate: the generator, what was sent, the drain, the ledger of every
 * group, then whether it was fast enough. A generator that spoiled the run makes its speed unknown, never its losses.
 */
export function judgeRun(run: LoadRun, measurements: readonly Measurement[]): Statement[] {
  const self = judgeGenerator(run)
  const late = self.verdict === 'unknown' ? 'the generator spoiled it' : null
  const incomplete = whyIncomplete(run)
  const whySpoiled = ({ measure }: Threshold) => late ?? (WHOLE.test(measure) ? null : incomplete)
  return [
    self,
    judgeAmount(run),
    ...judgeRefusals(run),
    judgeDrain(run),
    ...run.flows.map((flow) => judgeBooks(flow, run)),
    ...run.scenario.thresholds.map((threshold) =>
      judgeThreshold(threshold, measurements, whySpoiled(threshold)),
    ),
  ]
}

function judgeGenerator({ scenario, selves }: LoadRun): Statement {
  const closed = scenario.flows.filter(({ model }) => model === 'closed')
  if (closed.length < scenario.flows.length) return judgeSelf(selves)
  return {
    subject: 'the generator itself',
    verdict: 'not-applicable',
    says: 'closed loop: it sends when Redis has answered, so it cannot be late, and its latencies are service times',
  }
}

function judgeAmount({ planned, producers, interrupted }: LoadRun): Statement {
  const asked = planned.reduce((sum, events) => sum + events, 0)
  const attempted = producers.reduce((sum, producer) => sum + producer.attempted, 0)
  return {
    subject: 'events sent',
    verdict: asked > 0 && attempted === asked ? 'pass' : 'unknown',
    says: `${attempted} of ${asked} events${interrupted === null ? '' : `, since the run was ${interrupted}`}`,
    expected: `${asked} events`,
    why: 'A run that sent less than it planned proves less than it claims.',
  }
}

function judgeRefusals({ producers }: LoadRun): Statement[] {
  const outcomes = producers.flatMap(({ refusals }) => Object.entries(refusals))
  const rolledBack = producers.reduce((sum, producer) => sum + producer.rolledBack, 0)
  if (outcomes.length === 0 && rolledBack === 0) return []
  const totals = Map.groupBy(outcomes, ([outcome]) => outcome)
  const shown = [...totals].map(([outcome, all]) => `${all.reduce((sum, [, n]) => sum + n, 0)} × ${outcome}`)
  if (rolledBack > 0) shown.push(`${rolledBack} × Redis forgot what it had confirmed`)
  return [
    {
      subject: 'answers of Redis',
      verdict: 'warn',
      says: `batches were sent again after ${shown.join(', ')}`,
      expected: 'every batch stored at the first try',
    },
  ]
}

/** Longer than a Redis may take over one look. */
const SILENT_MS = 5_000

function judgeDrain({ drainMs, silentForMs, scenario, interrupted }: LoadRun): Statement {
  const subject = 'drain'
  const expected = `every group has acknowledged everything within ${scenario.drainWithin} s`
  if (drainMs !== null) {
    const says = `everything committed and acknowledged ${formatMeasure(drainMs, 'ms')} after the last append`
    return { subject, verdict: 'pass', says, expected }
  }
  if (interrupted !== null) return { subject, verdict: 'unknown', says: 'not waited for', expected }
  const says =
    silentForMs > SILENT_MS
      ? `given up: Redis has not answered for ${formatMeasure(silentForMs, 'ms')}`
      : 'entries were still under way when the time was up'
  return { subject, verdict: 'fail', says, expected }
}

function judgeBooks({ flow, group, books }: FlowOfGroup, { consumers }: LoadRun): Statement {
  const subject = `${flow} → ${group}`
  const expected = 'every event committed once: none lost, none twice'
  if ('missing' in books) return { subject, verdict: 'unknown', says: books.missing, expected }
  const { verdict, because } = judgeReconciled(books)
  const undrained = consumers.find((one) => one.group === group)?.undrained ?? null
  const says = undrained === null ? because : `${because}; ${undrained}`
  return {
    subject,
    verdict,
    says,
    expected: books.poisoned > 0 ? `${expected}; poison kept apart` : expected,
  }
}

/** Dead letters are a warning, unless they are exactly the entries that nobody could have read. */
function judgeReconciled({ ledger, poisoned }: Reconciled): Pick<Statement, 'verdict'> & { because: string } {
  const judged = judgeLedger(ledger)
  if (judged.verdict === 'fail' || judged.verdict === 'unknown') return judged
  const { deadLettered, committed, attempted } = ledger
  if (deadLettered !== poisoned) {
    return {
      verdict: 'fail',
      because: `${poisoned} entries nobody can read were sent, and ${deadLettered} are in the dead letters`,
    }
  }
  if (poisoned === 0) return judged
  return {
    verdict: 'pass',
    because: `all ${attempted} events attempted are settled: ${committed} committed, ${deadLettered} poisoned ones in the dead letters`,
  }
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

function judgeThreshold(
  { measure, atMost, atLeast }: Threshold,
  measurements: readonly Measurement[],
  spoiled: string | null,
): Statement {
  const found = measurements.find(({ name }) => name === measure)
  const bounds = [
    ...(atMost === undefined ? [] : [`at most ${shown(atMost, found)}`]),
    ...(atLeast === undefined ? [] : [`at least ${shown(atLeast, found)}`]),
  ]
  const about = { subject: measure, expected: bounds.join(', ') }
  if (!found) return { ...about, verdict: 'unknown', says: 'no such measurement in this run' }
  const { value, samples } = found
  if (value === null) return { ...about, verdict: 'unknown', says: `${samples} samples are too few to tell` }
  const says = `${shown(value, found)}, ${samples} samples`
  const met = value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity)
  if (spoiled !== null) return { ...about, verdict: 'unknown', says: `${says}; ${spoiled}` }
  return { ...about, verdict: met ? 'pass' : 'fail', says }
}

function shown(value: number, found: Measurement | undefined): string {
  return found ? formatMeasure(value, found.unit) : `${value}`
}
