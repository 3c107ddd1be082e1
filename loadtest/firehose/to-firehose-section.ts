import type { Section, Statement } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { judgeSelf } from '#loadtest/engine/judge-self.ts'
import { latencyMeasurements } from '#loadtest/latency/latency-measurements.ts'
import { latencyPlot } from '#loadtest/latency/latency-plot.ts'
import type { Played } from './played.ts'

/** Reads a playing: whether everything went out, in time, and was confirmed where somebody confirms. */
export function toFirehoseSection(played: Played): Section {
  const { latencies, sent, tookMs } = played
  const statements = [judgeSelf(played.selves), judgeSent(played), ...judgeAcknowledged(played)]
  const waits = latencies === null ? [] : [latencies]
  const method = 'open model: from the intended time to the reply of Redis'
  return {
    title: 'Was the firehose played as it was planned?',
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: `${sent} of ${played.planned} events into ${played.into}`,
    statements,
    measurements: [
      {
        name: 'events sent',
        unit: 'events/s',
        value: tookMs > 0 ? (sent / tookMs) * 1_000 : null,
        samples: sent,
        method: 'over the time from the first to the last',
      },
      ...waits.flatMap((waited) => latencyMeasurements('acknowledged', waited, method)),
    ],
    plots: waits.map((waited) =>
      latencyPlot('Waiting by percentile', new Map([['acknowledged', waited]]), method),
    ),
    timeline: [],
  }
}

function judgeSent({ planned, sent, interrupted }: Played): Statement {
  return {
    subject: 'events sent',
    verdict: planned > 0 && sent >= planned ? 'pass' : 'unknown',
    says: `${sent} of ${planned} events${interrupted === null ? '' : `, since it was ${interrupted}`}`,
    expected: `${planned} events`,
  }
}

function judgeAcknowledged({ sent, acknowledged }: Played): Statement[] {
  if (acknowledged === null) return []
  return [
    {
      subject: 'events confirmed',
      verdict: acknowledged === sent ? 'pass' : 'fail',
      says: `Redis confirmed ${acknowledged} of ${sent}`,
      expected: 'every one that was sent',
    },
  ]
}
