import { describe, expect, test } from 'vitest'
import type { Evidence } from '#audit/evidence.ts'
import { hours, minutes, seconds } from '#kernel/time/duration.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import {
  aClient,
  aConsumer,
  aGroup,
  aManifest,
  aPendingEntry,
  aStream,
  aWindow,
  type GroupOverrides,
  groupEvidence,
  type LookOverrides,
  someSettings,
} from '#test/support/evidence.ts'
import { findingsOf, verdictOf } from '#test/support/verdicts.ts'
import type { Check } from '../check.ts'
import abandonedGroup from './abandoned-group.ts'
import acknowledgementsStalled from './acknowledgements-stalled.ts'
import claimedUnprocessed from './claimed-unprocessed.ts'
import consumerNameCollision from './consumer-name-collision.ts'
import cursorRewound from './cursor-rewound.ts'
import cursorStalled from './cursor-stalled.ts'
import expectedConsumers from './expected-consumers.ts'
import expectedGroups from './expected-groups.ts'
import groupStatus from './group-status.ts'
import idleConsumers from './idle-consumers.ts'
import pendingHoarder from './pending-hoarder.ts'
import pendingMemory from './pending-memory.ts'
import poisonEntries from './poison-entries.ts'
import readBatching from './read-batching.ts'
import slowClient from './slow-client.ts'

interface Row {
  readonly check: Check
  readonly when: string
  readonly evidence: Partial<Evidence>
  readonly verdict: Verdict
}

const HALF = '1763680000500-0'
const group = (overrides: GroupOverrides) => ({ groups: [groupEvidence(overrides)] })
const waiting = (overrides: GroupOverrides = {}) =>
  group({ ...overrides, group: { lastDeliveredId: HALF, lag: 500, ...overrides.group } })
const silent = (ms: number) => waiting({ consumers: [aConsumer({ idleMs: ms })] })
const deliveries = (count: number) => group({ oldest: [aPendingEntry({ deliveries: count })] })
const held = (...pending: number[]) =>
  group({
    group: { pending: pending.reduce((sum, one) => sum + one, 0) },
    consumers: pending.map((one, index) => aConsumer({ name: `c${index}`, pending: one })),
  })
const watched = (...looks: LookOverrides[]) => ({
  window: aWindow(...looks),
  groups: aWindow(...looks).at(-1)?.groups ?? [],
})
const stuck: LookOverrides = { group: { lastDeliveredId: HALF, lag: 500, entriesRead: 500 } }
const asks = (calls: number): LookOverrides => ({
  ...stuck,
  server: { cmdstat_xreadgroup: `calls=${calls}` },
})
const delivered = (read: number, pending: number): LookOverrides => ({
  group: { lastDeliveredId: `${1_763_680_000_000 + read}-0`, entriesRead: read, lag: 1_000 - read, pending },
  oldest: [aPendingEntry({ id: '1763680000001-0' })],
})
const left = (...oldest: ReturnType<typeof aPendingEntry>[]): LookOverrides => ({ oldest })
const claims = (count: number): LookOverrides => ({ server: { cmdstat_xautoclaim: `calls=${count}` } })
const abandoned = aPendingEntry({ idleMs: seconds(40), consumer: 'gone' })
const longAgo = (ms: number) =>
  group({
    group: { lastDeliveredId: `${1_763_680_001_000 - ms}-0`, lag: 9 },
    consumers: [aConsumer({ idleMs: ms })],
  })
const bySequence = (consumers: NonNullable<GroupOverrides['consumers']>) =>
  group({
    state: { firstEntryId: '70-0', lastEntryId: '99-0', lastGeneratedId: '99-0' },
    group: { lastDeliveredId: '80-0', lag: 19 },
    consumers,
  })
const manifest = (groups: Record<string, { consumers?: number }>) => ({
  manifest: aManifest({ streams: { firehose_live: { groups, quiet: false } } }),
})

const ROWS: readonly Row[] = [
  {
    check: cursorStalled,
    when: 'nothing waits',
    evidence: group({ consumers: [aConsumer({ idleMs: 9e9 })] }),
    verdict: 'pass',
  },
  { check: cursorStalled, when: 'served 29 s ago', evidence: silent(seconds(29)), verdict: 'pass' },
  { check: cursorStalled, when: 'served 30 s ago', evidence: silent(seconds(30)), verdict: 'warn' },
  { check: cursorStalled, when: 'served 2 min ago', evidence: silent(minutes(2)), verdict: 'fail' },
  {
    check: cursorStalled,
    when: 'asked now and served long ago (7.2)',
    evidence: waiting({ consumers: [aConsumer({ idleMs: 1, inactiveMs: minutes(9) })] }),
    verdict: 'fail',
  },
  { check: cursorStalled, when: 'watched, moving', evidence: waiting(), verdict: 'pass' },
  { check: groupStatus, when: 'stalled', evidence: watched(stuck, stuck, stuck), verdict: 'fail' },
  { check: groupStatus, when: 'stalled for 3 s only', evidence: watched(stuck, stuck), verdict: 'unknown' },
  { check: groupStatus, when: 'nobody watched', evidence: { window: [] }, verdict: 'not-applicable' },
  {
    check: groupStatus,
    when: 'ahead, for 3 s only',
    evidence: watched({}, { group: { lastDeliveredId: '9999999999999-0', lag: null } }),
    verdict: 'fail',
  },
  {
    check: acknowledgementsStalled,
    when: 'nothing acknowledged',
    evidence: watched(delivered(100, 100), delivered(200, 200), delivered(300, 300)),
    verdict: 'fail',
  },
  {
    check: acknowledgementsStalled,
    when: 'some acknowledged',
    evidence: watched(delivered(100, 100), delivered(200, 150), delivered(300, 200)),
    verdict: 'pass',
  },
  {
    check: expectedGroups,
    when: 'one is missing',
    evidence: manifest({ indexers: {}, archive: {} }),
    verdict: 'fail',
  },
  { check: expectedGroups, when: 'one too many', evidence: manifest({}), verdict: 'warn' },
  {
    check: expectedGroups,
    when: 'nothing declared',
    evidence: { manifest: null },
    verdict: 'not-applicable',
  },
  {
    check: expectedConsumers,
    when: 'one of two',
    evidence: manifest({ indexers: { consumers: 2 } }),
    verdict: 'warn',
  },
  {
    check: expectedConsumers,
    when: 'none alive',
    evidence: {
      ...manifest({ indexers: { consumers: 2 } }),
      ...group({ consumers: [aConsumer({ idleMs: hours(1) })] }),
    },
    verdict: 'fail',
  },
  { check: abandonedGroup, when: 'unread for an hour', evidence: longAgo(hours(1)), verdict: 'warn' },
  { check: abandonedGroup, when: 'unread for a day', evidence: longAgo(hours(24)), verdict: 'fail' },
  {
    check: abandonedGroup,
    when: 'far behind and read now',
    evidence: group({ group: { lastDeliveredId: '1763600000000-0', lag: 9 } }),
    verdict: 'pass',
  },
  {
    check: abandonedGroup,
    when: 'behind by sequences, and read now',
    evidence: bySequence([aConsumer({ idleMs: 5 })]),
    verdict: 'pass',
  },
  {
    check: abandonedGroup,
    when: 'behind by sequences, and nobody has asked for a day',
    evidence: bySequence([aConsumer({ idleMs: hours(24) })]),
    verdict: 'fail',
  },
  {
    check: abandonedGroup,
    when: 'behind by sequences, and without a consumer',
    evidence: bySequence([]),
    verdict: 'unknown',
  },
  { check: poisonEntries, when: '4 deliveries', evidence: deliveries(4), verdict: 'pass' },
  { check: poisonEntries, when: '5 deliveries', evidence: deliveries(5), verdict: 'warn' },
  { check: poisonEntries, when: '10 deliveries', evidence: deliveries(10), verdict: 'fail' },
  {
    check: pendingMemory,
    when: '5 % of the memory',
    evidence: { ...group({ group: { pending: 51 } }), settings: someSettings({ maxmemory: '85000' }) },
    verdict: 'warn',
  },
  {
    check: pendingMemory,
    when: '20 % of the memory',
    evidence: { ...group({ group: { pending: 200 } }), settings: someSettings({ maxmemory: '85000' }) },
    verdict: 'fail',
  },
  {
    check: idleConsumers,
    when: '100 that are gone',
    evidence: group({ consumers: Array.from({ length: 100 }, () => aConsumer({ idleMs: hours(1) })) }),
    verdict: 'warn',
  },
  {
    check: idleConsumers,
    when: '100 that are silent and hold something',
    evidence: group({
      consumers: Array.from({ length: 100 }, () => aConsumer({ idleMs: hours(1), pending: 1 })),
    }),
    verdict: 'pass',
  },
  { check: pendingHoarder, when: '60 % of 1,000', evidence: held(600, 400), verdict: 'warn' },
  { check: pendingHoarder, when: 'half of 1,000', evidence: held(500, 500), verdict: 'pass' },
  { check: pendingHoarder, when: '60 % of little', evidence: held(6, 4), verdict: 'pass' },
  { check: pendingHoarder, when: 'alone', evidence: held(5_000), verdict: 'pass' },
  {
    check: consumerNameCollision,
    when: 'readers of one name on two hosts',
    evidence: { clients: [aClient(), aClient({ address: '10.0.0.9:1' })] },
    verdict: 'warn',
  },
  {
    check: consumerNameCollision,
    when: 'readers of one name on one host, as of one process with two groups',
    evidence: {
      clients: [aClient(), aClient({ address: '10.0.0.8:51235' })],
      groups: [groupEvidence(), groupEvidence()],
    },
    verdict: 'pass',
  },
  {
    check: consumerNameCollision,
    when: 'more readers of one name on one host than there are groups',
    evidence: { clients: [aClient(), aClient({ address: '10.0.0.8:51235' })] },
    verdict: 'warn',
  },
  {
    check: consumerNameCollision,
    when: 'readers of ours, of one process',
    evidence: {
      clients: ['10.0.0.8:1', '10.0.0.8:2'].map((address) => aClient({ address, name: 'index:a@host:7' })),
    },
    verdict: 'pass',
  },
  {
    check: consumerNameCollision,
    when: 'readers of ours, of two processes on one host',
    evidence: { clients: ['index:a@host:7', 'index:a@host:8'].map((name) => aClient({ name })) },
    verdict: 'warn',
  },
  {
    check: consumerNameCollision,
    when: 'a reader and a writer of one name',
    evidence: { clients: [aClient(), aClient({ command: 'xack' })] },
    verdict: 'pass',
  },
  {
    check: consumerNameCollision,
    when: 'more nameless readers wait than there are consumers',
    evidence: { clients: [aClient({ name: '' }), aClient({ name: '' })] },
    verdict: 'warn',
  },
  {
    check: consumerNameCollision,
    when: 'nobody reads',
    evidence: { clients: [] },
    verdict: 'not-applicable',
  },
  {
    check: cursorRewound,
    when: 'something beyond the cursor is pending',
    evidence: waiting({ highestPendingId: '1763680000900-0' }),
    verdict: 'warn',
  },
  {
    check: cursorRewound,
    when: 'nothing beyond it is',
    evidence: waiting({ highestPendingId: HALF }),
    verdict: 'pass',
  },
  {
    check: claimedUnprocessed,
    when: 'claimed and acknowledged at once',
    evidence: watched({ ...left(abandoned), ...claims(0) }, { ...left(), ...claims(1) }),
    verdict: 'warn',
  },
  {
    check: claimedUnprocessed,
    when: 'acknowledged late by its holder',
    evidence: watched(left(abandoned), left()),
    verdict: 'pass',
  },
  {
    check: claimedUnprocessed,
    when: 'claimed, and held since',
    evidence: watched(
      { ...left(abandoned), ...claims(0) },
      { ...left(aPendingEntry({ idleMs: 1 })), ...claims(1) },
    ),
    verdict: 'pass',
  },
  {
    check: readBatching,
    when: 'one by one while entries wait',
    evidence: watched(
      { group: { entriesRead: 0, lag: 9 }, server: { cmdstat_xreadgroup: 'calls=0' } },
      { group: { entriesRead: 200, lag: 9 }, server: { cmdstat_xreadgroup: 'calls=150' } },
    ),
    verdict: 'warn',
  },
  {
    check: readBatching,
    when: 'one by one and none wait',
    evidence: watched(
      { group: { entriesRead: 0 }, server: { cmdstat_xreadgroup: 'calls=0' } },
      { group: { entriesRead: 200 }, server: { cmdstat_xreadgroup: 'calls=150' } },
    ),
    verdict: 'pass',
  },
  {
    check: slowClient,
    when: '16 MiB wait',
    evidence: { clients: [aClient({ outputBytes: 2 ** 24 })] },
    verdict: 'warn',
  },
  {
    check: slowClient,
    when: '256 MiB wait',
    evidence: { clients: [aClient({ outputBytes: 2 ** 28 })] },
    verdict: 'fail',
  },
]

test.each(ROWS)('$check.id, $when: $verdict', ({ check, evidence, verdict }) => {
  expect(verdictOf(check, evidence)).toBe(verdict)
})

describe('in an operator’s words', () => {
  test('a sticky history cursor is told from a group that nobody asks for', () => {
    const [sticky] = findingsOf(cursorStalled, watched(asks(10), asks(400), asks(900)))
    expect(sticky).toMatchObject({ verdict: 'fail' })
    expect(sticky?.observed).toBe(
      '500 entries wait and nothing was delivered in 6 s, though XREADGROUP was called 890 times: consumers read on in what they once held (a sticky history cursor), and never ask for new entries',
    )
  })

  test('a poison entry whose way to the dead letters is closed says so', () => {
    const [closed] = findingsOf(poisonEntries, deliveries(9))
    expect(closed?.observed).toContain('firehose_live:dead-letters is empty: its way there may be closed')
    const [open] = findingsOf(poisonEntries, { ...deliveries(9), streams: [aStream({ deadLetters: 1 })] })
    expect(open?.observed).not.toContain('closed')
  })

  test('a group is named as it is called', () => {
    const named = findingsOf(cursorRewound, { groups: [groupEvidence({ group: aGroup({ name: 'b' }) })] })
    expect(named.map(({ subject }) => subject)).toEqual(['firehose_live/b'])
  })
})
