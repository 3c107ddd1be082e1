import { expect, test } from 'vitest'
import { dueAt, LATE_AFTER_MS, lateIn } from './emission.ts'

test.each([
  { elapsed: 0, rate: 600, due: 1 },
  { elapsed: 1_000, rate: 600, due: 601 },
  { elapsed: 10, rate: 0.5, due: 1 },
  { elapsed: 4_000, rate: 0.5, due: 3 },
])('after $elapsed ms at $rate/s, $due events are due', ({ elapsed, rate, due }) => {
  expect(dueAt(elapsed, rate)).toBe(due)
})

test('what is out in time is not late, what waited longer than allowed is', () => {
  expect(lateIn(0, 100, LATE_AFTER_MS, 1_000)).toBe(0)
  expect(lateIn(0, 100, LATE_AFTER_MS + 30, 1_000)).toBe(30)
  expect(lateIn(20, 100, LATE_AFTER_MS + 30, 1_000)).toBe(10)
  expect(lateIn(0, 100, 5_000, 1_000)).toBe(100)
})
