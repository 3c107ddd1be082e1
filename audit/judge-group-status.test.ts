import { describe, expect, test } from 'vitest'
import type { GroupSample } from './group-sample.ts'
import { acknowledgedBetween, judgeGroupStatus } from './judge-group-status.ts'

const aSample = (overrides: Partial<GroupSample> = {}): GroupSample => ({
  atMs: 0,
  lastDeliveredId: '100-0',
  lastGeneratedId: '100-0',
  entriesAdded: 100,
  entriesRead: 100,
  lag: 0,
  behindMs: 0,
  pending: 0,
  lowestPendingId: null,
  consumers: 2,
  quietMs: 10,
  overtaken: false,
  ...overrides,
})

/** Samples ten seconds apart. */
const over = (...samples: Partial<GroupSample>[]) =>
  judgeGroupStatus(samples.map((sample, index) => aSample({ atMs: index * 10_000, ...sample })))

const behind = (lag: number, more: Partial<GroupSample> = {}) => ({
  lag,
  lastGeneratedId: `${100 + lag}-0`,
  entriesAdded: 100 + lag,
  ...more,
})
/** Delivered up to an ID, of a stream that ends 50 further on. */
const at = (id: number, more: Partial<GroupSample> = {}) => ({
  lag: 50,
  lastDeliveredId: `${id}-0`,
  entriesRead: id,
  lastGeneratedId: `${id + 50}-0`,
  entriesAdded: id + 50,
  ...more,
})
/** Delivered up to an ID, of a stream that ends far away. */
const ofLong = (id: number) => at(id, { lastGeneratedId: '999-0', entriesAdded: 999, lag: 999 - id })

test.each([
  { what: 'nothing happens', samples: [{}, {}, {}], status: 'OK' },
  { what: 'the group keeps its distance', samples: [at(1), at(2), at(3)], status: 'OK' },
  {
    what: 'the group catches up',
    samples: [at(1, { lag: 9 }), at(5, { lag: 5 }), at(9, { lag: 1 })],
    status: 'OK',
  },
  { what: 'one entry comes after a long silence', samples: [{}, {}, behind(1)], status: 'OK' },
  {
    what: 'the group was at the end once, and fell behind since',
    samples: [{}, behind(5), behind(9)],
    status: 'OK',
  },
  {
    what: 'the lag grows all the time',
    samples: [at(1, { lag: 5 }), at(2, { lag: 6 }), at(3, { lag: 9 })],
    status: 'WARN',
  },
  {
    what: 'the lag grows but for one moment',
    samples: [at(1, { lag: 5 }), at(2, { lag: 4 }), at(3, { lag: 9 })],
    status: 'OK',
  },
  {
    what: 'the lag is unknown and the IDs drift apart',
    samples: [at(1, { lag: null, behindMs: 5 }), at(2, { lag: null, behindMs: 9 })],
    status: 'WARN',
  },
  {
    what: 'the lag is unknown and the IDs are no time',
    samples: [at(1, { lag: null, behindMs: null }), at(2, { lag: null, behindMs: null })],
    status: 'OK',
  },
  {
    what: 'entries wait and consumers ask for something else',
    samples: [behind(5), behind(7)],
    status: 'STALL',
  },
  {
    what: 'entries wait and nobody asks',
    samples: [behind(5, { quietMs: 1 }), behind(5, { quietMs: 10_001 })],
    status: 'STOP',
  },
  {
    what: 'the lag is unknown and nothing moves',
    samples: [behind(5, { lag: null }), behind(7, { lag: null })],
    status: 'STALL',
  },
  { what: 'the group is set back', samples: [ofLong(90), ofLong(10)], status: 'REWIND' },
  { what: 'the group is set back and recovers', samples: [ofLong(90), ofLong(10), ofLong(95)], status: 'OK' },
  {
    what: 'the group is past the end',
    samples: [{}, { lastDeliveredId: '999-0', lag: null }],
    status: 'AHEAD',
  },
  {
    what: 'the trim overtakes the group',
    samples: [at(1), at(1, { overtaken: true })],
    status: 'BEHIND-TRIM',
  },
  { what: 'the counter goes back', samples: [{}, { entriesAdded: 3, entriesRead: 3 }], status: 'RECREATED' },
  {
    what: 'the IDs go back',
    samples: [{ entriesAdded: null }, { entriesAdded: null, lastGeneratedId: '5-0', lastDeliveredId: '5-0' }],
    status: 'RECREATED',
  },
  {
    what: 'entries wait without a consumer',
    samples: [behind(5), behind(5, { consumers: 0, quietMs: null })],
    status: 'NO-CONSUMER',
  },
  {
    what: 'an idle group has no consumer, and nothing waits',
    samples: [{ consumers: 0 }, { consumers: 0 }],
    status: 'OK',
  },
  {
    what: 'entries are delivered and none is acknowledged',
    samples: [
      at(10, { pending: 5, lowestPendingId: '6-0' }),
      at(20, { pending: 15, lowestPendingId: '6-0' }),
    ],
    status: 'ACK-STALL',
  },
  {
    what: 'one entry is held and the others are acknowledged',
    samples: [at(10, { pending: 5, lowestPendingId: '6-0' }), at(20, { pending: 5, lowestPendingId: '6-0' })],
    status: 'OK',
  },
  {
    what: 'a slow entry is held and nothing else comes',
    samples: [
      { pending: 1, lowestPendingId: '100-0' },
      { pending: 1, lowestPendingId: '100-0' },
    ],
    status: 'OK',
  },
  {
    what: 'entries are delivered to who acknowledges at the end',
    samples: [
      at(10, { pending: 5, lowestPendingId: '6-0' }),
      at(20, { pending: 5, lowestPendingId: '16-0' }),
    ],
    status: 'OK',
  },
] as const)('where $what, the group is $status', ({ samples, status }) => {
  expect(over(...(samples as readonly Partial<GroupSample>[]))).toBe(status)
})

describe('one sample', () => {
  test('is no window', () => {
    expect(over(behind(5))).toBeNull()
    expect(judgeGroupStatus([])).toBeNull()
  })
})

test('what was acknowledged is what was read and no longer pends', () => {
  const first = aSample({ entriesRead: 10, pending: 5 })
  expect(acknowledgedBetween(first, aSample({ entriesRead: 20, pending: 5 }))).toBe(10)
  expect(acknowledgedBetween(first, aSample({ entriesRead: 20, pending: 15 }))).toBe(0)
  expect(acknowledgedBetween(first, aSample({ entriesRead: null, pending: 2 }))).toBe(3)
})
