import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Moment, Section, Statement } from '#kernel/report/report.ts'
import { judgeFloor } from '#kernel/verdict/floor.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { judgeSelf } from '#loadtest/engine/judge-self.ts'
import { createLatencies, decodeLatencies, type Latencies } from '#loadtest/latency/latencies.ts'
import { latencyMeasurements } from '#loadtest/latency/latency-measurements.ts'
import { COUNTED_FROM, pacePlots } from './pace-plots.ts'
import { ratesOf } from './rates-of.ts'
import type { Snapshot, SustainedRun, WaitsOfLook } from './snapshot.ts'
import { toRounds } from './to-rounds.ts'

const ROUNDS_OF = ['p50', 'p99'] as const

/** Did it keep up with the clock, how long did each event wait, and was it the generator that was measured? */
export function toPaceSection(run: SustainedRun, timeline: readonly Moment[]): Section {
  const { snapshots, head } = run
  const loaded = snapshots.filter(({ draining }) => !draining)
  const acknowledged = mergeAll(snapshots.map((one) => one.acknowledgedWaits.histogram))
  const committed = mergeAll(snapshots.map((one) => one.committedWaits.histogram))
  const last = snapshots.at(-1)
  const statements = [judgeRate(loaded, head.rate), judgeSeen(snapshots), judgeSelf(last?.selves ?? [])]
  return {
    title: 'Did it keep up?',
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: `${formatMeasure(rateOf(loaded), 'events/s')} of ${head.rate} asked for; commit p50 ${formatMeasure(committed.at(50), 'ms')}, p99 ${formatMeasure(committed.at(99), 'ms')}`,
    statements,
    measurements: [
      rateMeasurement(loaded),
      ...withRounds('append', acknowledged, loaded, (one) => one.acknowledgedWaits),
      ...withRounds('commit', committed, loaded, (one) => one.committedWaits),
    ],
    plots: pacePlots(snapshots, { acknowledged, committed }),
    timeline,
  }
}

function mergeAll(texts: readonly string[]): Latencies {
  const all = createLatencies()
  for (const text of texts) all.merge(decodeLatencies(text))
  return all
}

function rateOf(loaded: readonly Snapshot[]): number | null {
  const last = loaded.at(-1)
  return last && last.at > 0 ? last.acknowledged / last.at : null
}

/** Fewer arrivals come by chance, and a part of them is always under way. */
const FEWEST_ARRIVALS = 1_000

function judgeRate(loaded: readonly Snapshot[], asked: number): Statement {
  const rate = rateOf(loaded)
  const due = (loaded.at(-1)?.at ?? 0) * asked
  const share = rate === null || due < FEWEST_ARRIVALS ? null : rate / asked
  return {
    subject: 'the rate that was asked for',
    verdict: judgeFloor(share, { warnBelow: 0.97, failBelow: 0.9 }),
    says: `${formatMeasure(rate, 'events/s')} acknowledged while events came, ${asked} asked for${share === null ? ', over too short a time to judge' : ''}`,
    expected: 'at least 97 %',
    why: 'What comes faster than it is stored waits in front of Redis, and longer and longer.',
    remedy: 'standpipe load find-max names the rate that holds, and what stops it',
  }
}

/** A curve with holes hides what happened in them. */
function judgeSeen(snapshots: readonly Snapshot[]): Statement {
  const unseen = snapshots.filter(({ redis }) => redis === null).length
  return {
    subject: 'looks at Redis',
    verdict: snapshots.length === 0 ? 'unknown' : unseen > 0 ? 'warn' : 'pass',
    says: `${snapshots.length} looks, ${unseen} without an answer`,
    expected: 'an answer each time',
  }
}

function rateMeasurement(loaded: readonly Snapshot[]): Measurement {
  const rounds = toRounds(ratesOf(loaded, (one) => one.acknowledged))
  const method = 'events acknowledged by Redis over the time in which they came'
  return {
    name: 'acknowledged',
    unit: 'events/s',
    value: rateOf(loaded),
    samples: loaded.at(-1)?.acknowledged ?? 0,
    method,
    rounds,
  }
}

/** The median and the p99 carry what they were in each stretch of the run. */
function withRounds(
  name: string,
  latencies: Latencies,
  loaded: readonly Snapshot[],
  waitsOf: (snapshot: Snapshot) => WaitsOfLook,
): Measurement[] {
  return latencyMeasurements(name, latencies, COUNTED_FROM).map((measurement) => {
    const percentile = ROUNDS_OF.find((one) => measurement.name === `${name} ${one}`)
    if (percentile === undefined) return measurement
    return {
      ...measurement,
      rounds: toRounds(loaded.map((one) => [one.at, waitsOf(one)[percentile]] as const)),
    }
  })
}
