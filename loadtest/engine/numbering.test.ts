import { expect, test } from 'vitest'
import { eventsIn, firstSeqOf, placeOf, producerOf } from './numbering.ts'
import { createSeenEntries, openSeenEntries } from './seen-entries.ts'

const numbering = { shares: [3, 2] }

test('every sequence has a place of its own, and a stranger has none', () => {
  const sequences = numbering.shares.flatMap((share, producer) =>
    Array.from({ length: share }, (_, place) => firstSeqOf(producer) + place),
  )
  expect(sequences.map((seq) => placeOf(seq, numbering))).toEqual([0, 1, 2, 3, 4])
  expect(sequences.map(producerOf)).toEqual([0, 0, 0, 1, 1])
  expect(eventsIn(numbering)).toBe(5)
  for (const seq of [1, firstSeqOf(0) + 3, firstSeqOf(1) + 2, firstSeqOf(2)])
    expect(placeOf(seq, numbering)).toBe(-1)
})

test('threads that share a group see each other’s commits and deliveries', () => {
  const mine = createSeenEntries(numbering)
  const yours = openSeenEntries(mine.shared)
  const seq = firstSeqOf(1)
  expect([mine.delivered(seq, 0), yours.delivered(seq, 70), mine.delivered(seq, 90)]).toEqual([null, 0, 70])
  expect([mine.commit(seq), yours.commit(seq), mine.commit(seq)]).toEqual([true, false, false])
  expect([mine.commit(firstSeqOf(0)), yours.commit(firstSeqOf(0))]).toEqual([true, false])
})
