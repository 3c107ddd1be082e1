import { describe, expect, test } from 'vitest'
import type { Book } from './book.ts'
import { parseBook } from './book.ts'
import { judgeBook } from './group-ledger.ts'
import { endEpoch, type GroupMoment, keepBook, openBook } from './keep-book.ts'
import type { GroupLook, StreamLook } from './look.ts'

interface With {
  readonly at?: number
  readonly stream?: Partial<StreamLook> | null
  readonly group?: Partial<GroupLook> | null
}

/** Ten entries 1-0 … 10-0 of which six were delivered and acknowledged. */
function aMoment({ at = 1, stream = {}, group = {} }: With = {}): GroupMoment {
  return {
    at,
    stream: stream && {
      added: 10,
      length: 10,
      firstEntryId: '1-0',
      lastGeneratedId: '10-0',
      maxDeletedEntryId: '0-0',
      trimmed: null,
      ...stream,
    },
    group: group && {
      lastDeliveredId: '6-0',
      pending: 0,
      bodiless: 0,
      entriesRead: 6,
      lag: 4,
      settled: { acknowledged: 6, deadLettered: 0, lostBodies: 0 },
      ...group,
    },
  }
}

const settled = (acknowledged: number) => ({ acknowledged, deadLettered: 0, lostBodies: 0 })
const judge = (book: Book) => judgeBook({ stream: 's', group: 'g' }, book)
const keep = (...moments: With[]): Book => {
  const [first, ...rest] = moments.map((with_, index) => aMoment({ at: index + 1, ...with_ }))
  return rest.reduce(keepBook, openBook(first ?? aMoment()))
}
const caughtUp = { lastDeliveredId: '10-0', entriesRead: 10, lag: 0, settled: settled(10) }

describe('an epoch', () => {
  test('begins with what is owed, and balances while it is settled', () => {
    const book = keep({}, { group: caughtUp })
    expect(judge(book)).toMatchObject({
      verdict: 'pass',
      epoch: 1,
      terms: { opening: 4, added: 0, acknowledged: 4, undelivered: 0 },
      closed: [],
    })
  })

  test('control: one acknowledgement less is one entry lost', () => {
    const book = keep({}, { group: { ...caughtUp, settled: settled(9) } })
    expect(judge(book)).toMatchObject({ verdict: 'fail', balance: { lost: 1 } })
  })

  test('survives being stored', () => {
    const book = keep({}, { group: caughtUp })
    expect(parseBook(JSON.stringify(book))).toEqual(book)
    expect(parseBook('{"version":1}')).toBeNull()
    expect(parseBook('no JSON')).toBeNull()
  })

  test('does not begin before it is known what is owed', () => {
    const opening = { group: { lag: null } }
    expect(judge(keep(opening))).toMatchObject({ verdict: 'unknown', terms: null })
    expect(judge(keep(opening, { group: caughtUp }))).toMatchObject({
      terms: { opening: 0, acknowledged: 0 },
    })
  })
})

describe('what is undelivered', () => {
  const trimmed = (with_: Partial<StreamLook> = {}) => ({ length: 5, firstEntryId: '6-0', ...with_ })

  test('is all of the stream for a group before the first entry, whatever the lag says', () => {
    const book = keep({}, { stream: trimmed({ length: 2, firstEntryId: '9-0' }), group: { lag: 4 } })
    expect(judge(book)).toMatchObject({ verdict: 'fail', balance: { lost: 2 }, terms: { undelivered: 2 } })
    expect(book.lossAt).toMatchObject({ after: '6-0', before: '9-0' })
  })

  test('believes the lag where nothing was ever removed', () => {
    expect(judge(keep({})).terms).toMatchObject({ undelivered: 4 })
  })

  test('does not believe the lag at a first look into a stream that was trimmed', () => {
    const inTheMiddle = { stream: trimmed({ length: 8, firstEntryId: '3-0' }) }
    expect(judge(keep(inTheMiddle))).toMatchObject({ verdict: 'unknown', terms: null })
  })

  test('takes off the lag what was lost before', () => {
    const lossy = { stream: trimmed({ length: 2, firstEntryId: '9-0' }), group: { lag: 4 } }
    const next = { stream: { added: 12, length: 4, firstEntryId: '9-0', lastGeneratedId: '12-0' } }
    const book = keep({}, lossy, {
      ...next,
      group: { lastDeliveredId: '10-0', entriesRead: 8, lag: 4, settled: settled(8) },
    })
    expect(judge(book)).toMatchObject({ balance: { lost: 2 }, terms: { undelivered: 2 } })
  })

  test('is not known after somebody removed what may not have been read', () => {
    const reading = { lastDeliveredId: '9-0', entriesRead: 9, lag: 1, settled: settled(9) }
    const unsafe = { stream: trimmed({ length: 3, firstEntryId: '8-0' }), group: reading }
    const book = keep({}, unsafe)
    expect(judge(book)).toMatchObject({ verdict: 'unknown', terms: { undelivered: null } })
    const later = { stream: trimmed({ length: 3, firstEntryId: '8-0' }), group: caughtUp }
    expect(judge(keep({}, unsafe, later))).toMatchObject({ verdict: 'pass' })
  })

  test.each([
    { why: 'the safe trim counted what it removed', stream: { trimmed: 7 } },
    { why: 'all that went had been delivered at the last look', stream: { firstEntryId: '6-0', length: 5 } },
  ])('is known when $why', ({ stream }) => {
    const reading = { lastDeliveredId: '9-0', entriesRead: 9, lag: 1, settled: settled(9) }
    const book = keep({}, { stream: trimmed({ length: 3, firstEntryId: '8-0', ...stream }), group: reading })
    expect(judge(book)).toMatchObject({ verdict: 'pass', terms: { undelivered: 1 } })
  })

  test('is not known when the cursor is ahead of the stream', () => {
    const book = keep({}, { group: { lastDeliveredId: '99-0', lag: null } })
    expect(judge(book)).toMatchObject({ verdict: 'unknown' })
    expect(judge(book).balance.says).toContain('ahead')
  })
})

describe('an epoch ends', () => {
  test('when the stream is gone, and what was owed is lost with it', () => {
    const book = keep({ group: { pending: 2, settled: settled(4) } }, { stream: null, group: null })
    expect(book).toMatchObject({ epoch: 2, mark: null })
    expect(judge(book)).toMatchObject({
      verdict: 'fail',
      closed: [{ epoch: 1, ending: 'recreated', verdict: 'fail', lost: 6, isLeast: true }],
    })
  })

  test('when it was created anew between two looks, also when more was added than before', () => {
    const fewer = { added: 3, length: 3, firstEntryId: '21-0', lastGeneratedId: '23-0' }
    const more = { added: 30, length: 30, firstEntryId: '21-0', lastGeneratedId: '50-0' }
    for (const stream of [fewer, more]) {
      const group = { lastDeliveredId: '0-0', entriesRead: 0, lag: stream.length, settled: settled(0) }
      expect(keep({}, { stream, group }).closed).toMatchObject([{ ending: 'recreated', lost: 4 }])
    }
  })

  test('control: a stream that was trimmed to its end and filled again is the same one', () => {
    const stream = { added: 13, length: 3, firstEntryId: '11-0', lastGeneratedId: '13-0' }
    const book = keep({ group: caughtUp }, { stream, group: { ...caughtUp, lag: 3 } })
    expect(judge(book)).toMatchObject({ epoch: 1, verdict: 'pass', terms: { undelivered: 3 } })
  })

  test('with nothing owed, yet it is not known what came between the last look and the end', () => {
    const book = keep({ group: caughtUp }, { stream: null, group: null })
    expect(book.closed).toMatchObject([{ verdict: 'unknown', lost: null }])
  })

  test('when Redis went back, which these books cannot judge', () => {
    const back = { added: 8, length: 8, lastGeneratedId: '8-0' }
    const book = keep({}, { stream: back, group: { lag: 2 } })
    expect(book.closed).toMatchObject([{ ending: 'went-back', verdict: 'unknown', lost: null }])
    expect(judge(book)).toMatchObject({ verdict: 'unknown', balance: { verdict: 'pass' } })
  })

  test('when the group was rewound: what it owes anew is no loss and no gain', () => {
    const rewound = { lastDeliveredId: '0-0', entriesRead: 0, lag: 10 }
    const book = keep({}, { group: rewound }, { group: { ...caughtUp, settled: settled(16) } })
    expect(book).toMatchObject({ epoch: 2, closed: [{ ending: 'rewound', verdict: 'pass' }] })
    expect(judge(book)).toMatchObject({ verdict: 'pass', terms: { opening: 10, acknowledged: 10 } })
  })

  test('when the counts of the readers went back alone', () => {
    const book = keep({}, { group: { settled: settled(1) } })
    expect(book.closed).toMatchObject([{ ending: 'counts-went-back', verdict: 'unknown' }])
  })

  test('when readers begin to count: what nobody counted is no loss, and no pass either', () => {
    const uncounted = { group: { settled: null } }
    expect(judge(keep(uncounted))).toMatchObject({ verdict: 'unknown' })
    const book = keep(uncounted, { group: { ...caughtUp, settled: settled(1) } })
    expect(book.closed).toMatchObject([{ ending: 'counting-began', verdict: 'unknown' }])
    expect(judge(book)).toMatchObject({
      epoch: 2,
      verdict: 'unknown',
      balance: { verdict: 'not-applicable' },
    })
  })

  test('by hand', () => {
    const book = endEpoch(keep({}, { group: { ...caughtUp, settled: settled(9) } }), aMoment(), 'by-hand')
    expect(book.closed).toMatchObject([{ ending: 'by-hand', verdict: 'fail', lost: 1 }])
  })

  test('and only so many are kept', () => {
    let book = openBook(aMoment())
    for (let time = 0; time < 50; time++) book = endEpoch(book, aMoment(), 'by-hand')
    expect(book.epoch).toBe(51)
    expect(book.closed).toHaveLength(20)
  })
})

test('a group that is gone leaves its books unknown, and goes on when it is back', () => {
  const gone = keep({}, { group: null })
  expect(judge(gone)).toMatchObject({ verdict: 'unknown', balance: { says: 'the group is gone' } })
  expect(judge(keep({}, { group: null }, { group: caughtUp }))).toMatchObject({ epoch: 1, verdict: 'pass' })
})

test('a group without books is unknown', () => {
  expect(judgeBook({ stream: 's', group: 'g' }, null)).toMatchObject({ verdict: 'unknown', epoch: null })
})
