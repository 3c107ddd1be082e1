import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Statement } from '#kernel/report/report.ts'
import { judgeSelf } from './engine/judge-self.ts'
import type { LoadRun } from './engine/load-run.ts'
import { judgeBooks } from './judge-books.ts'
import { judgeThreshold } from './judge-threshold.ts'

/**
 * Reads a run in the order of what it would invalidate: the generator, what was sent, the drain, the ledger of every
 * group, then whether it was fast enough. A generator that spoiled the run makes its speed unknown, never its losses.
 */
export function judgeRun(run: LoadRun, measurements: readonly Measurement[]): Statement[] {
  const self = judgeGenerator(run)
  const late = self.verdict === 'unknown' ? 'the generator spoiled it' : null
  return [
    self,
    judgeAmount(run),
    ...judgeRefusals(run),
    judgeDrain(run),
    ...judgeClaims(run),
    ...run.flows.map((flow) => judgeBooks(flow, run)),
    ...run.scenario.thresholds.map((threshold) => judgeThreshold(threshold, measurements, run, late)),
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

/** A consumer that was to die with entries in its hands proves nothing unless they were claimed. */
function judgeClaims({ scenario, consumers }: LoadRun): Statement[] {
  const doomed = scenario.groups.filter(({ abandoned }) => abandoned > 0)
  return doomed.map(({ name, abandoned }) => {
    const reclaimed = consumers.find(({ group }) => group === name)?.reclaimed ?? 0
    return {
      subject: `entries of a dead consumer of ${name}`,
      verdict: reclaimed >= abandoned ? 'pass' : 'unknown',
      says: `${reclaimed} of ${abandoned} were claimed by another`,
      expected: `${abandoned} taken by a consumer that dies, and claimed`,
    }
  })
}
