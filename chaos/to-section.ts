import type { Measurement, Section, Statement } from '#kernel/report/report.ts'
import { toPlots } from '#loadtest/flow/to-plots.ts'
import { judgeLedger } from '#loadtest/ledger/judge-ledger.ts'
import { judgeState } from '#loadtest/ledger/judge-state.ts'
import { toMeasurements } from '#loadtest/ledger/to-measurements.ts'
import type { Drill } from './drill.ts'
import type { DrillLog } from './drill-log.ts'
import { judgeAlerts } from './judge-alerts.ts'
import { judgeDrill } from './judge-drill.ts'
import type { DrillJudgement } from './judge-resilience.ts'

/** A drill as one section of a report: what was expected, what was seen, and the flow around it. */
export function toSection(drill: Drill, log: DrillLog): Section {
  const { verdict, because } = judgeDrill(drill, log)
  return {
    title: drill.title,
    verdict,
    answer: because,
    statements: statementsOf(drill, log),
    measurements: measurementsOf(log),
    plots: toPlots(log.samples),
    timeline: log.timeline,
  }
}

function statementsOf(drill: Drill, log: DrillLog): Statement[] {
  const allowed = `${drill.recoverWithin / 1_000} s`
  return [
    state('steady before', log.steadyBefore, 'entries flow, and the group keeps up'),
    ...log.proofs.map(({ fault, bit, detail }) =>
      state(
        fault,
        { verdict: bit ? 'pass' : 'unknown', because: detail },
        'the fault takes hold, and it shows',
      ),
    ),
    state('recovery', recovery(drill, log), `level again within ${allowed} of the lift`),
    state('every event', orMissing(log.ledger, judgeLedger), drill.hypothesis),
    state('every record', orMissing(log.state, judgeState), 'as the last event left it'),
    {
      ...state('alerts', judgeAlerts(drill, log), shownAlerts(drill)),
      remedy: `runbooks/${drill.runbook}.md`,
    },
  ]
}

function state(subject: string, { verdict, because }: DrillJudgement, expected: string): Statement {
  return { subject, verdict, says: because, expected }
}

function recovery({ recoverWithin }: Drill, { recoveredInMs }: DrillLog): DrillJudgement {
  if (recoveredInMs === null) return { verdict: 'fail', because: 'the flow was never level again' }
  const verdict = recoveredInMs > recoverWithin ? 'fail' : 'pass'
  return { verdict, because: `level again ${(recoveredInMs / 1_000).toFixed(1)} s after the lift` }
}

function orMissing<Found extends object>(
  found: Found | { readonly missing: string },
  judge: (found: Found) => DrillJudgement,
): DrillJudgement {
  return 'missing' in found ? { verdict: 'unknown', because: found.missing } : judge(found)
}

const shownAlerts = ({ expectAlerts }: Drill): string =>
  expectAlerts.length === 0 ? 'none expected' : `${expectAlerts.join(', ')} fires`

function measurementsOf({ recoveredInMs, ledger, alerts }: DrillLog): Measurement[] {
  const fired = 'missing' in alerts ? [] : alerts.fired
  return [
    {
      name: 'recovery',
      unit: 'ms',
      value: recoveredInMs,
      samples: recoveredInMs === null ? 0 : 1,
      method: 'from the lift until ingester and group had caught up; looked at four times a second',
    },
    ...fired.map(({ name, firedInMs }) => ({
      name: `time to ${name}`,
      unit: 'ms' as const,
      value: firedInMs,
      samples: 1,
      method: 'from the injection until Prometheus said that it fires',
    })),
    ...('missing' in ledger ? [] : toMeasurements(ledger)),
  ]
}
