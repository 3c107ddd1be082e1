import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Plot, Section, Statement } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { toPlots } from '#loadtest/flow/to-plots.ts'
import { judgeLedger } from '#loadtest/ledger/judge-ledger.ts'
import { judgeState } from '#loadtest/ledger/judge-state.ts'
import { toMeasurements } from '#loadtest/ledger/to-measurements.ts'
import type { EndToEndRun } from './end-to-end-run.ts'

/** Above this share of late events the relay, not the pipeline, makes the latencies: they are not told. */
const LATE_SHARE = 0.01

/** Reads an end-to-end run: was every event committed once, and is every record as its last event left it. */
export function toEndToEndSection(title: string, run: EndToEndRun): Section {
  const ledger = judgeLedger(run.ledger)
  const statements: Statement[] = [
    judgeAmount(run),
    judgeDrained(run),
    judgeSchedule(run),
    { subject: 'every event', ...said(ledger), expected: 'committed once: none lost, none twice' },
    { subject: 'every record', ...said(judgeState(run.state)), expected: 'as the last event left it' },
  ]
  return {
    title,
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: ledger.because,
    statements,
    measurements: [...timings(run), ...toMeasurements(run.ledger)],
    plots: [
      ...(isPunctual(run) ? [latencyPlot(run)] : []),
      ...withCeiling(toPlots(run.samples), run.maxmemoryBytes),
    ],
    timeline: [],
  }
}

const said = ({ verdict, because }: { verdict: Statement['verdict']; because: string }) => ({
  verdict,
  says: because,
})

/** A run that attempted less than it was asked for proves less than it claims. */
function judgeAmount({ asked, ledger, rate, database }: EndToEndRun): Statement {
  return {
    subject: 'events sent',
    verdict: ledger.attempted >= asked ? 'pass' : 'unknown',
    says: `${ledger.attempted} events at up to ${rate} a second, into ${database}`,
    expected: `${asked} events`,
  }
}

function judgeDrained({ drainedInMs, interrupted }: EndToEndRun): Statement {
  const subject = 'drain'
  const expected = 'lag 0 and pending 0 once the relay has sent the last event'
  if (drainedInMs !== null) {
    const says = `everything stored, delivered and acknowledged after ${formatMeasure(drainedInMs, 'ms')}`
    return { subject, verdict: 'pass', says, expected }
  }
  if (interrupted !== null)
    return { subject, verdict: 'unknown', says: `not waited for: ${interrupted}`, expected }
  return { subject, verdict: 'fail', says: 'events were still under way when the deadline passed', expected }
}

/** Whether events went out when the rate wanted them to. A late relay hides the waiting that it causes. */
function isPunctual({ ledger: { journal, attempted } }: EndToEndRun): boolean {
  return journal.late !== null && journal.late <= attempted * LATE_SHARE
}

function judgeSchedule(run: EndToEndRun): Statement {
  const { late } = run.ledger.journal
  const punctual = isPunctual(run)
  return {
    subject: 'schedule of the relay',
    verdict: punctual ? 'pass' : 'warn',
    says: `${late ?? 'an unknown number of'} events went out late${punctual ? '' : ': latencies are not told'}`,
    expected: `at most ${LATE_SHARE * 100} % late`,
    why: 'A relay that is late hides how long events waited. What arrived, and what did not, is not touched by it.',
  }
}

function timings(run: EndToEndRun): Section['measurements'] {
  const { drainedInMs, ledger, latencies } = run
  const told = isPunctual(run) ? latencies.byPercentile : []
  const at = (wanted: number) => told.find(([percentile]) => percentile === wanted)?.[1] ?? null
  const method = "from the event's own time to its commit in PostgreSQL"
  return [
    {
      name: 'events from relay to PostgreSQL',
      unit: 'events/s',
      value: drainedInMs === null ? null : (ledger.committed / drainedInMs) * 1_000,
      samples: ledger.committed,
      method: 'committed events over the time until all were acknowledged',
    },
    ...[50, 99, 99.9].map((percentile) => ({
      name: `latency p${percentile}`,
      unit: 'ms' as const,
      value: at(percentile),
      samples: latencies.samples,
      method,
    })),
  ]
}

function latencyPlot({ latencies }: EndToEndRun): Plot {
  return {
    title: 'From the relay to PostgreSQL by percentile',
    unit: 'ms',
    x: 'percentile',
    series: [{ name: 'event time to commit', points: latencies.byPercentile }],
    method: `${latencies.samples} events, open model`,
  }
}

function withCeiling(plots: readonly Plot[], maxmemoryBytes: number | null): readonly Plot[] {
  if (maxmemoryBytes === null) return plots
  const ceiling = { name: 'maxmemory', value: maxmemoryBytes }
  return plots.map((plot) => (plot.unit === 'bytes' ? { ...plot, ceiling } : plot))
}
