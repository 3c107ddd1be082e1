import { expect, test } from 'vitest'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import { parseSnapshots } from './parse-snapshots.ts'
import { parseSpan } from './parse-span.ts'
import type { End, Head, Snapshot, SustainedRun } from './snapshot.ts'
import { planSustained } from './sustained-plan.ts'
import { toSustainedReport } from './to-sustained-report.ts'

const MIB = 1_048_576

const head: Head = {
  schema: 'standpipe/sustained@1',
  startedAt: '2026-08-03T12:00:00.000Z',
  environment: { rate: '100 events/s' },
  lastsMs: 3_600_000,
  rate: 100,
  soak: false,
  maxmemoryBytes: 512 * MIB,
  caveats: [],
}

const end: End = { ended: true, finishedAt: '2026-08-03T13:00:01.000Z', drained: true, cutShort: null }

const waits = (() => {
  const latencies = createLatencies()
  latencies.record(4, 1_000)
  return { p50: latencies.at(50), p99: latencies.at(99), histogram: latencies.encode() }
})()

/** One look a minute, at a hundred events a second. */
function aSnapshot(minute: number, changes: Partial<Snapshot> = {}): Snapshot {
  const sent = minute * 6_000
  return {
    at: minute * 60,
    draining: minute === 60,
    attempted: sent,
    acknowledged: sent,
    groups: [{ group: 'group-1', committed: sent, again: 0, unexpected: 0, missing: 0 }],
    redis: {
      usedMemoryBytes: (10 + (minute % 3) / 100) * MIB,
      rssBytes: (20 + (minute % 5) / 100) * MIB,
      fragmentation: 2,
      aofBytes: minute * MIB,
      length: 90 + (minute % 7),
      lag: 0,
      pending: 0,
      deadLetters: 0,
    },
    rss: { generator: 150 * MIB, consumers: (160 + (minute % 4)) * MIB },
    selves: [{ name: 'generator', delayP99Ms: 1, delayMaxMs: 2, cpuShare: 0.1, arrivals: sent, late: 0 }],
    acknowledgedWaits: waits,
    committedWaits: waits,
    ...changes,
  }
}

/** An hour; `change` says what is otherwise at a minute. */
function aRun(
  change: (minute: number, snapshot: Snapshot) => Partial<Snapshot> = () => ({}),
  ended: End | null = end,
) {
  const snapshots = Array.from({ length: 60 }, (_, index) => {
    const snapshot = aSnapshot(index + 1)
    return { ...snapshot, ...change(index + 1, snapshot) }
  })
  return { head, snapshots, end: ended } satisfies SustainedRun
}

const books =
  (changes: object) =>
  (_: number, { groups }: Snapshot) => ({
    groups: groups.map((group) => ({ ...group, ...changes })),
  })

const withRedis =
  (changes: (minute: number) => object) =>
  (minute: number, { redis }: Snapshot) => ({
    redis: redis && { ...redis, ...changes(minute) },
  })

test('an hour in which nothing is lost, late or growing passes', () => {
  const report = toSustainedReport(aRun())
  expect(report.sections.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass'])
  expect(report).toMatchObject({
    verdict: 'pass',
    subject: 'sustained throughput',
    finishedAt: end.finishedAt,
  })
})

test.each([
  {
    what: 'one event that was acknowledged and never committed',
    change: books({ missing: 1 }),
    verdict: 'fail',
  },
  { what: 'one event that nobody sent', change: books({ unexpected: 1 }), verdict: 'fail' },
  { what: 'one event that was committed twice', change: books({ again: 1 }), verdict: 'warn' },
  { what: 'one entry left pending', change: withRedis(() => ({ pending: 1 })), verdict: 'fail' },
  { what: 'one dead letter', change: withRedis(() => ({ deadLetters: 1 })), verdict: 'fail' },
  {
    what: 'one event without an answer',
    change: (_: number, { attempted }: Snapshot) => ({ attempted: attempted + 1 }),
    verdict: 'unknown',
  },
  {
    what: 'a memory that grows by a tenth an hour',
    change: withRedis((minute) => ({ usedMemoryBytes: (100 + minute / 6) * MIB })),
    verdict: 'fail',
  },
  {
    what: 'consumers that leak 1 % an hour',
    change: (minute: number) => ({ rss: { generator: 150 * MIB, consumers: (200 + minute / 30) * MIB } }),
    verdict: 'warn',
  },
  {
    what: 'half the rate',
    change: (minute: number, { groups }: Snapshot) => ({
      attempted: minute * 3_000,
      acknowledged: minute * 3_000,
      groups,
    }),
    verdict: 'fail',
  },
  {
    what: 'a generator that was late',
    change: (_: number, { selves }: Snapshot) => ({
      selves: selves.map((self) => ({ ...self, late: self.arrivals })),
    }),
    verdict: 'unknown',
  },
  {
    what: 'a Redis that was silent for a while',
    change: (minute: number, { redis }: Snapshot) => ({ redis: minute === 20 ? null : redis }),
    verdict: 'warn',
  },
] as const)('$what: $verdict', ({ change, verdict }) => {
  expect(toSustainedReport(aRun(change)).verdict).toBe(verdict)
})

test('a rate over the first moments is not judged, however low', () => {
  const cut = { ...aRun(), snapshots: [aSnapshot(1, { at: 5, attempted: 100, acknowledged: 100 })] }
  expect(toSustainedReport(cut).sections[1]?.statements[0]).toMatchObject({
    verdict: 'unknown',
    says: '20 events/s acknowledged while events came, 100 asked for, over too short a time to judge',
  })
})

test('a run that did not drain by itself fails', () => {
  expect(toSustainedReport(aRun(books({ missing: 7 }), { ...end, drained: false })).verdict).toBe('fail')
})

test('a run that was killed, interrupted, or never drained is unknown, and what is missing then is not called lost', () => {
  const missing = (minute: number, snapshot: Snapshot) => ({
    ...books({ missing: 7 })(minute, snapshot),
    ...withRedis(() => ({ pending: 7 }))(minute, snapshot),
  })
  for (const ended of [null, { ...end, drained: false, cutShort: 'interrupted by SIGINT' }]) {
    const report = toSustainedReport(aRun(missing, ended))
    expect(report).toMatchObject({ verdict: 'unknown', subject: 'sustained throughput (partial)' })
    expect(report.sections[0]?.statements[1]?.says).toContain('7 acknowledged and not yet there')
  }
})

test('an outage and a step are moments of the run', () => {
  const silent = toSustainedReport(aRun((minute, { redis }) => ({ redis: minute === 20 ? null : redis })))
  expect(silent.sections[1]?.timeline).toContainEqual({
    at: 1_200,
    what: 'Redis does not answer',
    kind: 'fault',
  })
  const stepped = withRedis((minute) => ({ length: (minute > 30 ? 9_000 : 90) + (minute % 7) }))
  expect(toSustainedReport(aRun(stepped)).sections[2]?.timeline).toContainEqual({
    at: 1_860,
    what: expect.stringMatching(/^entries in the stream: from about/),
    kind: 'note',
  })
})

test('a short run passes no judgement on leaks, and a soak of that length is unknown', () => {
  const short = { ...aRun(), snapshots: aRun().snapshots.slice(0, 9) }
  expect(toSustainedReport(short).sections[2]).toMatchObject({ verdict: 'not-applicable' })
  expect(toSustainedReport({ ...short, head: { ...head, soak: true } }).sections[2]?.verdict).toBe('unknown')
})

test('numbers that another run is held against carry their rounds', () => {
  const measured = toSustainedReport(aRun()).sections[1]?.measurements ?? []
  expect(measured.filter(({ rounds }) => rounds).map(({ name }) => name)).toEqual([
    'acknowledged',
    'append p50',
    'append p99',
    'commit p50',
    'commit p99',
  ])
  expect(measured[0]?.rounds).toHaveLength(20)
})

test('snapshots read back as they were; a torn last line is left out, and any other is refused by its number', () => {
  const run = aRun()
  const text = [run.head, ...run.snapshots, end].map((line) => `${JSON.stringify(line)}\n`).join('')
  expect(parseSnapshots(text, 'it')).toEqual(run)
  expect(parseSnapshots(text.slice(0, -20), 'it')).toEqual({ ...run, end: null })
  expect(() => parseSnapshots(text.replace('"at":60,', ''), 'it')).toThrow(
    'line 2 of "it" is no snapshot: at:',
  )
  expect(() => parseSnapshots('{}\n', 'it')).toThrow('"it" begins with no run of this version')
  expect(() => parseSnapshots(`${JSON.stringify(head)}\n`, 'it')).toThrow('"it" holds no snapshot')
})

test.each([
  ['90s', 90_000],
  ['8h', 28_800_000],
  ['1.5m', 90_000],
])('%s are %d ms', (text, ms) => {
  expect(parseSpan('soak', text)).toBe(ms)
})

test.each(['8', '-1h', '0s', '31d', 'long', ''])('--duration "%s" is refused', (text) => {
  expect(() => parseSpan('duration', text)).toThrow('expected a time such as 90s')
})

test('however long it runs, the looks are few enough to keep', () => {
  const choices = {
    soak: 30 * 86_400_000,
    duration: undefined,
    rate: 1,
    groups: 1,
    consumers: 1,
    seed: 1,
    'from-snapshots': undefined,
  }
  expect(() => planSustained({ ...choices, rate: 0 }, undefined, new Date(0))).toThrow(
    '--rate 0 has no clock',
  )
  const plan = planSustained(choices, undefined, new Date(0))
  expect(plan.lastsMs / plan.sampleEveryMs).toBeLessThanOrEqual(2_000)
  expect(plan).toMatchObject({ soak: true, folder: 'reports/out/sustained-19700101T000000Z' })
})
