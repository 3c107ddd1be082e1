import { describe, expect, test } from 'vitest'
import { type Batcher, createBatcher, type Intake } from './batcher.ts'

const aBatcher = (start: number | null = null) =>
  createBatcher({ maxEntries: 3, maxBytes: 1_000, fields: ['event'] }, [start])

const anIntake = (seq: number | null, entries = 1, text = 'x'): Intake => ({
  seq,
  time: '',
  values: Array.from({ length: entries }, () => text),
  rejected: null,
})

const aRejection = (seq: number | null): Intake => ({
  ...anIntake(seq, 0),
  rejected: { reason: 'undecodable-frame', seq, frame: Buffer.from('noise'), relay: 'r' },
})

const drain = (batcher: Batcher) => {
  const batches = []
  for (let queued = batcher.next(true); queued; queued = batcher.next(true)) batches.push(queued)
  return batches
}

const shapeOf = (batcher: Batcher) =>
  drain(batcher).map(({ batch }) => [
    batch?.moves[0]?.after,
    batch?.commits.map(({ seq }) => seq),
    batch?.moves[0]?.upTo,
  ])

describe(createBatcher, () => {
  test('cuts at the limit, and each batch names the one before', () => {
    const batcher = aBatcher(10)
    for (const seq of [11, 12, 13, 14]) batcher.add(anIntake(seq))
    expect(batcher.hasFull).toBe(true)
    expect(shapeOf(batcher)).toEqual([
      [10, [11, 12, 13], 13],
      [13, [14], 14],
    ])
  })

  test('never splits a commit, however many entries it has', () => {
    const batcher = aBatcher()
    batcher.add(anIntake(1, 2))
    batcher.add(anIntake(2, 2))
    batcher.add(anIntake(3, 7))
    batcher.add(anIntake(4, 1))
    expect(shapeOf(batcher)).toEqual([
      [null, [1], 1],
      [1, [2], 2],
      [2, [3], 3],
      [3, [4], 4],
    ])
  })

  test('cuts by bytes as well, so that one call stays short', () => {
    const batcher = aBatcher()
    batcher.add(anIntake(1, 1, 'x'.repeat(1_000)))
    expect(batcher.hasFull).toBe(true)
  })

  test('moves the cursor over what yields no entries', () => {
    const batcher = aBatcher(4)
    batcher.add(anIntake(5, 0))
    batcher.add(anIntake(6, 0))
    expect(batcher.waiting).toBe('cursor')
    expect(shapeOf(batcher)).toEqual([[4, [], 6]])
    expect(batcher.waiting).toBeNull()
  })

  test('holds back what is not full until it is asked for', () => {
    const batcher = aBatcher()
    batcher.add(anIntake(1))
    expect(batcher.next(false)).toBeNull()
    expect(batcher.waiting).toBe('entries')
    expect(batcher.next(true)?.batch?.moves).toEqual([{ after: null, upTo: 1 }])
  })

  test('a rejected frame without a place travels alone, and moves no cursor', () => {
    const batcher = aBatcher()
    batcher.add(aRejection(null))
    expect(drain(batcher)).toMatchObject([{ batch: null, bytes: 5, rejected: [{ seq: null }] }])
    batcher.add(aRejection(7))
    expect(drain(batcher)).toMatchObject([
      { batch: { moves: [{ after: null, upTo: 7 }], commits: [] }, rejected: [{ seq: 7 }] },
    ])
  })

  test('what is put back comes first again, in its order', () => {
    const batcher = aBatcher()
    for (let seq = 1; seq <= 9; seq++) batcher.add(anIntake(seq))
    const first = batcher.next(true)
    const second = batcher.next(true)
    batcher.putBack([first, second].filter((queued) => queued !== null))
    expect(shapeOf(batcher).map(([after]) => after)).toEqual([null, 3, 6])
  })

  test('begins anew after another sequence', () => {
    const batcher = aBatcher()
    for (let seq = 1; seq <= 5; seq++) batcher.add(anIntake(seq))
    expect(batcher.restartAfter([2])).toBe(5)
    expect(batcher.tail(0)).toBe(2)
    expect(batcher.waiting).toBeNull()
    batcher.add(anIntake(3))
    expect(shapeOf(batcher)).toEqual([[2, [3], 3]])
  })

  test('of several relays, each batch names where all of them stand', () => {
    const batcher = createBatcher({ maxEntries: 2, maxBytes: 1_000, fields: ['event'] }, [10, null])
    batcher.add(anIntake(11), 0)
    batcher.add(anIntake(501), 1)
    batcher.add(anIntake(502, 0), 1)
    expect(batcher.tail(1)).toBe(502)
    expect(drain(batcher).map(({ batch }) => batch)).toMatchObject([
      {
        commits: [
          { seq: 11, line: 0 },
          { seq: 501, line: 1 },
        ],
        moves: [
          { after: 10, upTo: 11 },
          { after: null, upTo: 501 },
        ],
      },
      {
        commits: [],
        moves: [
          { after: 11, upTo: 11 },
          { after: 501, upTo: 502 },
        ],
      },
    ])
  })
})
