import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Plot, Section, Statement } from '#kernel/report/report.ts'
import { judgeFloor } from '#kernel/verdict/floor.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { latencyPlot } from '#loadtest/latency/latency-plot.ts'
import { AOF_METHOD, aofPerCount } from './aof-per-count.ts'
import { bufferHours, RESERVED_SHARE } from './buffer-hours.ts'
import type { CapacityRun } from './capacity-run.ts'
import { HOURS_WANTED, KNOWN_RATES } from './hours-wanted.ts'

const ONE_EACH = 'one entry per event, nobody reading, a tenth of maxmemory kept free'

/** Reads a capacity run: was everything stored, what does an entry cost, and how long does the buffer last. */
export function toCapacitySection(run: CapacityRun, ownRate: number | null): Section {
  const bytesPerEntry = run.length > 0 ? (run.usedBytes - run.baselineBytes) / run.length : null
  const size = {
    maxmemory: run.maxmemoryBytes,
    baseline: run.baselineBytes,
    bytesPerEntry: bytesPerEntry ?? 0,
  }
  const hoursAt = (rate: number) => bufferHours(size, rate)
  const statements = [judgeStored(run), ...(ownRate === null ? [] : [judgeHours(ownRate, hoursAt(ownRate))])]
  const rates = [...KNOWN_RATES, ...(ownRate === null ? [] : [ownRate])]
  const perSecond = (run.added / run.tookMs) * 1_000
  return {
    title: 'How much does the buffer hold?',
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: [
      `${formatMeasure(bytesPerEntry, 'bytes/entry')}, ${formatMeasure(perSecond, 'entries/s')};`,
      `at ${rates.map((rate) => `${rate} events/s: ${formatMeasure(hoursAt(rate), 'hours')}`).join(', ')}`,
    ].join(' '),
    statements,
    measurements: measure(run, bytesPerEntry, perSecond, rates, hoursAt),
    plots: plot(run),
    timeline: [],
  }
}

function judgeStored({ asked, added, length }: CapacityRun): Statement {
  const whole = asked > 0 && added === asked && length === asked
  return {
    subject: 'capacity sample',
    verdict: whole ? 'pass' : 'fail',
    says: `${asked} entries appended, ${added} acknowledged, ${length} in the stream`,
    expected: 'the same number three times',
    why: 'An append that acknowledges what it did not store is a loss nobody sees.',
  }
}

function judgeHours(rate: number, hours: number | null): Statement {
  return {
    subject: `buffer at ${rate} events/s`,
    verdict: judgeFloor(hours, HOURS_WANTED),
    says: `it is full after ${formatMeasure(hours, 'hours')} (${ONE_EACH})`,
    expected: `at least ${HOURS_WANTED.warnBelow} hours`,
    why: 'From then on the append is refused, the relay socket stands still, and the relay forgets after its replay window.',
    remedy: 'raise maxmemory, or make sure that a stopped indexer is noticed and started sooner',
  }
}

function measure(
  run: CapacityRun,
  bytesPerEntry: number | null,
  perSecond: number,
  rates: readonly number[],
  hoursAt: (rate: number) => number | null,
): readonly Measurement[] {
  const method =
    'what counts against maxmemory after the sample less before, divided by the entries in the stream'
  return [
    { name: 'memory per entry', unit: 'bytes/entry', value: bytesPerEntry, samples: run.length, method },
    {
      name: 'append-only file per entry',
      unit: 'bytes/entry',
      value: aofPerCount(run.samples.map((look) => ({ count: look.appended, ...look }))),
      samples: run.added,
      method: AOF_METHOD,
    },
    {
      name: 'append throughput',
      unit: 'entries/s',
      value: perSecond,
      samples: run.latencies.count,
      method: 'closed loop, batches of 500, two in flight',
      rounds: ratesOf(run).map(([, rate]) => rate),
    },
    ...rates.map((rate) => ({
      name: `buffer at ${rate} events/s`,
      unit: 'hours' as const,
      value: hoursAt(rate),
      samples: run.length,
      method: `maxmemory ${formatMeasure(run.maxmemoryBytes, 'bytes')} less ${RESERVED_SHARE * 100} %; ${ONE_EACH}`,
    })),
  ]
}

function plot(run: CapacityRun): readonly Plot[] {
  const { samples, latencies, maxmemoryBytes } = run
  return [
    {
      title: 'Append throughput',
      unit: 'entries/s',
      x: 'seconds',
      series: [
        {
          name: 'appended',
          points: ratesOf(run),
        },
      ],
      method: 'closed loop: it says how fast this Redis can take entries, not how long anyone waits',
    },
    latencyPlot(
      'Append call by percentile',
      new Map([['send to reply', latencies]]),
      'calls of 500 entries, two in flight, service time',
    ),
    {
      title: 'Memory against maxmemory',
      unit: 'bytes',
      x: 'seconds',
      series: [{ name: 'used_memory', points: samples.map(({ at, usedBytes }) => [at, usedBytes]) }],
      ...(maxmemoryBytes > 0 ? { ceiling: { name: 'maxmemory', value: maxmemoryBytes } } : {}),
    },
  ]
}

/** Entries per second between neighbouring looks, by the time of the later one. */
function ratesOf({ samples }: CapacityRun): (readonly [at: number, rate: number])[] {
  return samples.slice(1).map((sample, index) => {
    const before = samples[index] ?? sample
    return [sample.at, (sample.appended - before.appended) / Math.max(sample.at - before.at, 1e-3)]
  })
}
