import type { Plot } from '#kernel/report/report.ts'
import type { Latencies } from '#loadtest/latency/latencies.ts'
import { latencyPlot } from '#loadtest/latency/latency-plot.ts'
import { ratesOf } from './rates-of.ts'
import type { Snapshot, WaitsOfLook } from './snapshot.ts'

export const COUNTED_FROM = 'open model: counted from the moment at which each event was due'

/** Waiting by percentile and over time, throughput, and what is under way. */
export function pacePlots(
  snapshots: readonly Snapshot[],
  waits: { readonly acknowledged: Latencies; readonly committed: Latencies },
): Plot[] {
  return [
    latencyPlot(
      'Waiting by percentile',
      new Map([
        ['until acknowledged', waits.acknowledged],
        ['until committed', waits.committed],
      ]),
      COUNTED_FROM,
    ),
    {
      title: 'Throughput',
      unit: 'events/s',
      x: 'seconds',
      series: [
        { name: 'acknowledged', points: ratesOf(snapshots, (one) => one.acknowledged) },
        {
          name: 'committed',
          points: ratesOf(snapshots, (one) => Math.min(...one.groups.map((group) => group.committed))),
        },
      ],
      method: `${snapshots.length} looks; the slowest group`,
    },
    overTime('Waiting over time, p99', snapshots),
    backlog(snapshots),
  ]
}

function overTime(title: string, snapshots: readonly Snapshot[]): Plot {
  const curve = (name: string, waitsOf: (snapshot: Snapshot) => WaitsOfLook) => ({
    name,
    points: snapshots.map((one) => [one.at, waitsOf(one).p99] as const),
  })
  return {
    title,
    unit: 'ms',
    x: 'seconds',
    series: [
      curve('until acknowledged', (one) => one.acknowledgedWaits),
      curve('until committed', (one) => one.committedWaits),
    ],
    method: 'of the events between two looks; a gap where they were fewer than a hundred',
  }
}

function backlog(snapshots: readonly Snapshot[]): Plot {
  const curve = (name: string, valueOf: (redis: NonNullable<Snapshot['redis']>) => number | null) => ({
    name,
    points: snapshots.map(({ at, redis }) => [at, redis && valueOf(redis)] as const),
  })
  return {
    title: 'Entries under way',
    unit: 'entries',
    x: 'seconds',
    series: [
      curve('not yet delivered', ({ lag }) => lag),
      curve('not acknowledged', ({ pending }) => pending),
      curve('in the stream', ({ length }) => length),
    ],
    method: 'the group that is farthest behind; pending of all groups',
  }
}
