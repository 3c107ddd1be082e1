import { expect, test } from 'vitest'
import { tidClock, tidOf } from './tid.ts'

test.each([
  { micros: 0, clockId: 0, tid: '2222222222222' },
  { micros: 0, clockId: 1_023, tid: '22222222222zz' },
  { micros: 1, clockId: 0, tid: '2222222222322' },
  { micros: 2 ** 25, clockId: 0, tid: '2222232222222' },
  { micros: 2 ** 53 - 1, clockId: 1_023, tid: 'bzzzzzzzzzzzz' },
])('$micros µs on clock $clockId is $tid', ({ micros, clockId, tid }) => {
  expect(tidOf(micros, clockId)).toBe(tid)
})

test('a revision captured from the network falls into the second in which it was written', () => {
  const second = Date.parse('2025-04-16T21:30:26.000Z')

  expect('3lmxjza3nva27' >= tidOf(second * 1_000, 0)).toBe(true)
  expect('3lmxjza3nva27' < tidOf((second + 1_000) * 1_000, 0)).toBe(true)
})

test('a clock that is asked twice in one millisecond, or that is set back, still moves on', () => {
  const next = tidClock(7)
  const tids = [next(1_000), next(1_000), next(999), next(2_000)]

  expect(tids).toEqual(tids.toSorted())
  expect(new Set(tids).size).toBe(4)
})
