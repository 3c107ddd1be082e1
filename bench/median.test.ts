import { expect, test } from 'vitest'
import { median, ratio } from './median.ts'

test.each([
  { values: [3, 1, 2], middle: 2 },
  { values: [4, 1, 2, 3], middle: 2.5 },
  { values: [10, 9, 100], middle: 10 },
  { values: [], middle: null },
])('the median of $values is $middle', ({ values, middle }) => {
  expect(median(values)).toBe(middle)
})

test('a ratio compares within rounds, so that a slow round slows both sides', () => {
  expect(ratio([100, 10, 100], [50, 5, 50])).toBe(2)
  expect(ratio([100], [])).toBeNull()
})
