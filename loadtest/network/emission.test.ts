import { expect, test } from 'vitest'
import { lateIn } from './emission.ts'

test('what is out in time is not late, what waited longer than allowed is', () => {
  expect(lateIn(0, 100, 0)).toBe(0)
  expect(lateIn(0, 100, 30)).toBe(30)
  expect(lateIn(20, 100, 29.5)).toBe(10)
  expect(lateIn(0, 100, 5_000)).toBe(100)
})
