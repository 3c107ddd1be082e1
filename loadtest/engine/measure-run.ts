import type { Measurement } from '#kernel/report/report.ts'
import { latencyMeasurements } from '#loadtest/latency/latency-measurements.ts'
import { kindsOf } from './kinds-of.ts'
import type { LoadRun } from './load-run.ts'

/**
 * The numbers of a run, without those of its ledgers. Where there are several flows, the name of a latency begins
 * with its flow: `live committed p99`; where there are several groups, each has its own besides that of all:
 * `search committed p99`.
 */
export function measureRun(run: LoadRun): Measurement[] {
  const { producers, loadMs, drainMs, redisCpuShare } = run
  const acknowledged = producers.reduce((sum, producer) => sum + producer.acknowledged, 0)
  const committed = run.consumers.length > 0 ? leastCommitted(run) : null
  return [
    ...kindsOf(run).flatMap(({ name, latencies, method }) => latencyMeasurements(name, latencies, method)),
    {
      name: 'entries appended',
      unit: 'entries/s',
      value: loadMs > 0 ? (acknowledged / loadMs) * 1_000 : null,
      samples: acknowledged,
      method: 'confirmed by Redis, over the time from the first arrival to the last confirmation',
    },
    {
      name: 'entries committed',
      unit: 'entries/s',
      value: drainMs === null || committed === null ? null : (committed / (loadMs + drainMs)) * 1_000,
      samples: committed ?? 0,
      method: 'by the slowest group, over the time until everything was committed',
    },
    {
      name: 'drain',
      unit: 'ms',
      value: drainMs,
      samples: drainMs === null ? 0 : 1,
      method: 'from the last confirmation until every group had acknowledged everything',
    },
    counted('redelivered', run, 'deliveries of entries that had been delivered before'),
    counted('reclaimed', run, 'entries taken over from a consumer that gave no sign of life'),
    counted('lostBodies', run, 'pending entries whose body was gone'),
    {
      name: 'Redis CPU',
      unit: 'ratio',
      value: redisCpuShare,
      samples: redisCpuShare === null ? 0 : 1,
      method: 'CPU time of the main thread over the time of load and drain; 1 is a whole core',
    },
    {
      name: 'machine CPU',
      unit: 'ratio',
      value: run.machineCpuShare,
      samples: run.machineCpuShare === null ? 0 : 1,
      method: 'share of all cores that was busy over the time of load and drain, by whomever',
    },
    ...drainRate(run, committed),
  ]
}

/** Only where a backlog was built on purpose is its drain a speed, and not the last milliseconds of a load. */
function drainRate({ scenario, drainMs }: LoadRun, committed: number | null): Measurement[] {
  if (!scenario.groups.some(({ begins }) => begins === 'after-load')) return []
  return [
    {
      name: 'entries drained',
      unit: 'entries/s',
      value: drainMs === null || committed === null ? null : (committed / drainMs) * 1_000,
      samples: committed ?? 0,
      method: 'backlog of the slowest group over the time from the first read to the last acknowledgement',
    },
  ]
}

function counted(
  what: 'redelivered' | 'reclaimed' | 'lostBodies',
  { consumers }: LoadRun,
  method: string,
): Measurement {
  return {
    name: what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    unit: 'entries',
    value: consumers.reduce((sum, consumer) => sum + consumer[what], 0),
    samples: consumers.length,
    method,
  }
}

function leastCommitted({ flows }: LoadRun): number | null {
  const byGroup = Map.groupBy(flows, ({ group }) => group)
  const counts = [...byGroup.values()].map((ofGroup) =>
    ofGroup.reduce<number | null>(
      (sum, { books }) => (sum === null || 'missing' in books ? null : sum + books.ledger.committed),
      0,
    ),
  )
  return counts.reduce<number | null>(
    (least, count) => (least === null || count === null ? null : Math.min(least, count)),
    Infinity,
  )
}
