import { describe, expect, test } from 'vitest'
import type { Evidence } from '#audit/evidence.ts'
import { hours, minutes, seconds } from '#kernel/time/duration.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import {
  aCursor,
  aGroup,
  aManifest,
  aNewestEntry,
  aServer,
  aStream,
  aStreamState,
  aWindow,
  groupEvidence,
  type LookOverrides,
  someNewest,
  someSettings,
} from '#test/support/evidence.ts'
import { findingsOf, verdictOf } from '#test/support/verdicts.ts'
import type { Check } from '../check.ts'
import ackedNotDeleted from './acked-not-deleted.ts'
import cursorAndDataTogether from './cursor-and-data-together.ts'
import deletedEntries from './deleted-entries.ts'
import expectedStreams from './expected-streams.ts'
import foreignKeys from './foreign-keys.ts'
import idsFromTheFuture from './ids-from-the-future.ts'
import ingestStalled from './ingest-stalled.ts'
import listingTail from './listing-tail.ts'
import refusedWrites from './refused-writes.ts'
import relayWindow from './relay-window.ts'
import retentionHorizon from './retention-horizon.ts'
import sequenceGaps from './sequence-gaps.ts'
import streamExpiry from './stream-expiry.ts'
import streamRecreated from './stream-recreated.ts'
import streamSparsity from './stream-sparsity.ts'
import timeToFull from './time-to-full.ts'
import trimBudget from './trim-budget.ts'
import unsafeTrimming from './unsafe-trimming.ts'

const GiB = 1024 ** 3
const LAST = 1_763_680_001_000

interface Row {
  readonly check: Check
  readonly when: string
  readonly evidence: Partial<Evidence>
  readonly verdict: Verdict
}

const state = (overrides: Parameters<typeof aStreamState>[0]) => ({
  streams: [aStream({ state: aStreamState(overrides) })],
})
const sequences = state({ firstEntryId: '1-0', lastEntryId: '9-0', lastGeneratedId: '9-0' })
const named = (seq: number) => [{ ...someNewest(), entries: [aNewestEntry({ id: '2801427504233-0', seq })] }]
const later = (ms: number) => ({
  time: { serverMs: LAST + ms, localMs: LAST + ms, roundTripMs: 0, quotes: [] },
})
const noStream = { streams: [aStream({ state: null, groups: [] })] }
const slow = state({ firstEntryId: `${LAST - 999 * 60_000}-0` })
const quiet = aManifest({ streams: { firehose_live: { quiet: true } } })
const cursorAt = (value: string, hasTail = false) => ({
  cursors: [aCursor({ cursors: [{ key: 'firehose_live:cursor:h', value, hasTail }] })],
})
const memory = (...bytes: number[]) => ({
  window: aWindow(...bytes.map((used): LookOverrides => ({ server: { used_memory: String(used) } }))),
})
const grown = (added: number, length: number): LookOverrides => ({
  state: { entriesAdded: added, length },
  server: { cmdstat_xtrim: `calls=${added / 10_000}` },
})
const trims = (...looks: LookOverrides[]) => ({ window: aWindow(...looks) })
const keep = (retention: number) => ({
  manifest: aManifest({ streams: { firehose_live: { retention, quiet: false } } }),
})

const ROWS: readonly Row[] = [
  { check: ingestStalled, when: 'silent for 29 s', evidence: later(seconds(29)), verdict: 'pass' },
  { check: ingestStalled, when: 'silent for 30 s', evidence: later(seconds(30)), verdict: 'warn' },
  { check: ingestStalled, when: 'silent for 5 min', evidence: later(minutes(5)), verdict: 'fail' },
  {
    check: ingestStalled,
    when: 'slow by itself: one a minute',
    evidence: { ...slow, ...later(minutes(19)) },
    verdict: 'pass',
  },
  {
    check: ingestStalled,
    when: 'slow by itself, and silent for long',
    evidence: { ...slow, ...later(minutes(21)) },
    verdict: 'fail',
  },
  {
    check: ingestStalled,
    when: 'declared quiet',
    evidence: { ...later(hours(9)), manifest: quiet },
    verdict: 'not-applicable',
  },
  {
    check: ingestStalled,
    when: 'IDs are sequences, and the newest event is fresh',
    evidence: { ...sequences, ...later(seconds(29)) },
    verdict: 'pass',
  },
  {
    check: ingestStalled,
    when: 'IDs are sequences, and the newest event is old',
    evidence: { ...sequences, ...later(minutes(5)) },
    verdict: 'fail',
  },
  {
    check: ingestStalled,
    when: 'IDs are sequences, and no event tells its time',
    evidence: { ...sequences, newest: [] },
    verdict: 'not-applicable',
  },
  {
    check: idsFromTheFuture,
    when: 'IDs are sequences, further than any clock',
    evidence: {
      ...state({ lastGeneratedId: '2801427504233-0' }),
      ...later(0),
      newest: named(2_801_427_504_233),
    },
    verdict: 'not-applicable',
  },
  {
    check: idsFromTheFuture,
    when: 'an ID further than any clock, and no entry left',
    evidence: { ...state({ lastGeneratedId: '2801427504233-0' }), ...later(0), newest: [] },
    verdict: 'unknown',
  },
  {
    check: idsFromTheFuture,
    when: 'an ID further than any clock, which is not the sequence of its entry',
    evidence: { ...state({ lastGeneratedId: '2801427504233-0' }), ...later(0), newest: named(7) },
    verdict: 'fail',
  },
  {
    check: streamRecreated,
    when: 'a cursor without a stream',
    evidence: { ...noStream, ...cursorAt('77') },
    verdict: 'fail',
  },
  {
    check: streamRecreated,
    when: 'a cursor beside a stream that never held an entry',
    evidence: { ...state({ entriesAdded: 0, length: 0 }), ...cursorAt('77') },
    verdict: 'fail',
  },
  {
    check: streamRecreated,
    when: 'neither stream nor cursor',
    evidence: { ...noStream, cursors: [] },
    verdict: 'not-applicable',
  },
  {
    check: streamRecreated,
    when: 'the counter fell while we watched',
    evidence: trims({ state: { entriesAdded: 9 } }, { state: { entriesAdded: 8 } }),
    verdict: 'fail',
  },
  {
    check: streamRecreated,
    when: 'the IDs fell while we watched',
    evidence: trims({}, { state: { lastGeneratedId: '5-0' } }),
    verdict: 'fail',
  },
  {
    check: streamSparsity,
    when: '2 of 6 per node',
    evidence: state({ radixTreeKeys: 500 }),
    verdict: 'warn',
  },
  {
    check: streamSparsity,
    when: '0.5 of 6 per node',
    evidence: state({ length: 500, radixTreeKeys: 1_000 }),
    verdict: 'fail',
  },
  {
    check: streamSparsity,
    when: 'few nodes',
    evidence: state({ length: 50, radixTreeKeys: 99 }),
    verdict: 'pass',
  },
  {
    check: streamSparsity,
    when: 'entries as large as a node',
    evidence: {
      ...state({ radixTreeKeys: 1_000 }),
      newest: [{ stream: 'firehose_live', entries: [aNewestEntry({ bytes: 9_000 })] }],
    },
    verdict: 'pass',
  },
  {
    check: deletedEntries,
    when: 'XDEL before 7.4.2',
    evidence: { ...state({ maxDeletedEntryId: '5-0' }), server: aServer({ redis_version: '7.4.1' }) },
    verdict: 'warn',
  },
  {
    check: deletedEntries,
    when: 'XDEL since',
    evidence: state({ maxDeletedEntryId: '5-0' }),
    verdict: 'pass',
  },
  {
    check: deletedEntries,
    when: 'a server that does not say',
    evidence: state({ maxDeletedEntryId: null }),
    verdict: 'not-applicable',
  },
  { check: timeToFull, when: 'does not grow', evidence: memory(GiB, GiB, GiB), verdict: 'pass' },
  {
    check: timeToFull,
    when: 'full in 2 h and more',
    evidence: memory(GiB, GiB, 1.004 * GiB),
    verdict: 'pass',
  },
  { check: timeToFull, when: 'full in under 2 h', evidence: memory(GiB, GiB, 1.01 * GiB), verdict: 'warn' },
  { check: timeToFull, when: 'full in under 30 min', evidence: memory(GiB, GiB, 1.1 * GiB), verdict: 'fail' },
  {
    check: timeToFull,
    when: 'watched too shortly',
    evidence: memory(GiB, 2 * GiB),
    verdict: 'not-applicable',
  },
  {
    check: retentionHorizon,
    when: 'memory for 2 outages',
    evidence: { settings: someSettings({ maxmemory: String(GiB + 700 * 600 * 7_200) }) },
    verdict: 'warn',
  },
  {
    check: retentionHorizon,
    when: 'memory for half an outage',
    evidence: { settings: someSettings({ maxmemory: String(GiB + 700 * 600 * 1_800) }) },
    verdict: 'fail',
  },
  { check: retentionHorizon, when: 'whole', evidence: keep(hours(9)), verdict: 'pass' },
  {
    check: retentionHorizon,
    when: 'trimmed before its time',
    evidence: { ...keep(hours(9)), ...state({ entriesAdded: 9_999 }) },
    verdict: 'fail',
  },
  {
    check: retentionHorizon,
    when: 'trimmed after its time',
    evidence: { ...keep(seconds(1)), ...state({ entriesAdded: 9_999 }) },
    verdict: 'pass',
  },
  { check: relayWindow, when: 'a quarter of 72 h', evidence: later(hours(18)), verdict: 'warn' },
  { check: relayWindow, when: 'three quarters', evidence: later(hours(54) + 10), verdict: 'fail' },
  { check: relayWindow, when: 'less', evidence: later(hours(17)), verdict: 'pass' },
  {
    check: relayWindow,
    when: '6 h, with no window declared',
    evidence: { ...later(hours(6)), manifest: null },
    verdict: 'warn',
  },
  { check: relayWindow, when: 'no cursor', evidence: { cursors: [] }, verdict: 'not-applicable' },
  {
    check: cursorAndDataTogether,
    when: 'no cursor',
    evidence: { cursors: [aCursor({ cursors: [] })] },
    verdict: 'warn',
  },
  {
    check: cursorAndDataTogether,
    when: 'too many keys to tell',
    evidence: { cursors: [aCursor({ cursors: [], complete: false })], manifest: null },
    verdict: 'unknown',
  },
  {
    check: cursorAndDataTogether,
    when: 'nothing was stored yet',
    evidence: state({ length: 0, entriesAdded: 0 }),
    verdict: 'not-applicable',
  },
  { check: listingTail, when: 'no tail', evidence: cursorAt('!ingester-done'), verdict: 'warn' },
  { check: listingTail, when: 'a tail', evidence: cursorAt('!ingester-done', true), verdict: 'pass' },
  { check: listingTail, when: 'not done', evidence: cursorAt('77'), verdict: 'not-applicable' },
  {
    check: unsafeTrimming,
    when: 'a pending entry is gone',
    evidence: {
      groups: [
        groupEvidence({
          group: { pending: 1 },
          oldest: [{ id: '1763670000000-0', consumer: 'a', idleMs: 5, deliveries: 1 }],
        }),
      ],
    },
    verdict: 'fail',
  },
  {
    check: unsafeTrimming,
    when: 'the length is held while a group is overtaken',
    evidence: trims(
      ...[1, 2, 3].map((look): LookOverrides => {
        const group = { lastDeliveredId: '1763670000000-0', entriesRead: 10, lag: 900 }
        return { state: { entriesAdded: 1_000 + look * 500, length: 1_000 }, group }
      }),
    ),
    verdict: 'fail',
  },
  {
    check: ackedNotDeleted,
    when: 'half of the memory is settled',
    evidence: {
      streams: [
        aStream({
          state: aStreamState({ length: 1_000_000, entriesAdded: 1_000_000 }),
          groups: [aGroup({ entriesRead: 1_000_000 })],
        }),
      ],
      settings: someSettings({ maxmemory: String(GiB) }),
    },
    verdict: 'fail',
  },
  {
    check: ackedNotDeleted,
    when: 'the slowest group needs them',
    evidence: {
      streams: [
        aStream({
          state: aStreamState({ length: 1_000_000, entriesAdded: 1_000_000 }),
          groups: [
            aGroup({ entriesRead: 1_000_000 }),
            aGroup({ name: 'b', lastDeliveredId: '0-0', entriesRead: null }),
          ],
        }),
      ],
      settings: someSettings({ maxmemory: String(GiB) }),
    },
    verdict: 'pass',
  },
  {
    check: ackedNotDeleted,
    when: 'the counters cannot tell',
    evidence: { streams: [aStream({ groups: [aGroup({ entriesRead: null })] })] },
    verdict: 'unknown',
  },
  { check: ackedNotDeleted, when: 'kept on purpose', evidence: keep(hours(1)), verdict: 'not-applicable' },
  {
    check: trimBudget,
    when: 'each call removes all that it may, and more arrives',
    evidence: trims(grown(100_000, 1_000), grown(200_000, 11_000)),
    verdict: 'fail',
  },
  {
    check: trimBudget,
    when: 'each call removes all that it may, and that is just enough',
    evidence: trims(grown(100_000, 1_000), grown(200_000, 1_000)),
    verdict: 'warn',
  },
  {
    check: trimBudget,
    when: 'calls have room left',
    evidence: trims(grown(10_000, 1_000), { ...grown(20_000, 1_000), state: { entriesAdded: 11_000 } }),
    verdict: 'pass',
  },
  { check: trimBudget, when: 'nobody trims', evidence: trims({}, {}), verdict: 'not-applicable' },
  {
    check: refusedWrites,
    when: 'refused long ago',
    evidence: { server: aServer({ errorstat_OOM: 'count=5' }) },
    verdict: 'warn',
  },
  {
    check: refusedWrites,
    when: 'refused while we watched',
    evidence: {
      server: aServer({ errorstat_OOM: 'count=9' }),
      window: aWindow({ server: { errorstat_OOM: 'count=5' } }, { server: { errorstat_OOM: 'count=9' } }),
    },
    verdict: 'fail',
  },
  {
    check: streamExpiry,
    when: 'in an hour',
    evidence: { streams: [aStream({ expiresInMs: 9 })] },
    verdict: 'fail',
  },
  {
    check: foreignKeys,
    when: 'others take half',
    evidence: { footprints: [{ stream: 'firehose_live', bytes: GiB / 4 }] },
    verdict: 'warn',
  },
  {
    check: foreignKeys,
    when: 'others take little',
    evidence: { footprints: [{ stream: 'firehose_live', bytes: GiB / 2 - 60 * 1024 ** 2 }] },
    verdict: 'pass',
  },
  { check: expectedStreams, when: 'gone', evidence: noStream, verdict: 'fail' },
  { check: expectedStreams, when: 'not declared', evidence: { manifest: null }, verdict: 'not-applicable' },
]

test.each(ROWS)('$check.id, $when: $verdict', ({ check, evidence, verdict }) => {
  expect(verdictOf(check, evidence)).toBe(verdict)
})

describe('sequence-gaps', () => {
  const found = (steps: readonly number[]) => {
    let seq = 1_000
    const entries = steps.map((step, index) => {
      seq += step
      return aNewestEntry({ id: `${LAST + index}-0`, seq, eventMs: LAST + index })
    })
    return findingsOf(sequenceGaps, {
      newest: [{ stream: 'firehose_live', entries: entries.toReversed() }],
    })[0]
  }
  const steady = Array.from({ length: 20 }, () => 3)

  test('even steps pass, whatever their width', () => {
    expect(found(steady)).toMatchObject({ verdict: 'pass' })
    expect(found(steady.map(() => 4_000))).toMatchObject({ verdict: 'pass' })
  })

  test('a hole of a batch is told with the events on both its sides', () => {
    const finding = found(steady.with(10, 503))
    expect(finding).toMatchObject({ verdict: 'warn' })
    expect(finding?.observed).toMatch(/^a hole of 502 sequences between 1030 .* and 1533 /)
  })

  test('a few sequences that were filtered are no hole', () => {
    expect(found(steady.with(10, 40))).toMatchObject({ verdict: 'pass' })
  })

  test('entries that say no sequence, and too few of them, say nothing', () => {
    expect(found([1, 2, 3])?.verdict).toBe('not-applicable')
    const [stream] = [someNewest()].map(({ entries }) => ({
      stream: 'firehose_live',
      entries: entries.map((entry) => ({ ...entry, seq: null })),
    }))
    expect(verdictOf(sequenceGaps, { newest: stream ? [stream] : [] })).toBe('not-applicable')
  })
})

test('how long until what follows the cursor is gone is told, and when it is', () => {
  const [near] = findingsOf(relayWindow, later(hours(54)))
  expect(near?.observed).toContain('in 18 h the relay drops what follows it')
  const [past] = findingsOf(relayWindow, later(hours(80)))
  expect(past?.observed).toContain('what follows it is gone from the relay')
})
