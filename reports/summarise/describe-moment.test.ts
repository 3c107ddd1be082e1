import { expect, test } from 'vitest'
import { describeMoment } from './describe-moment.ts'

test.each([
  [0, '+0 s'],
  [12.3456, '+12.3 s'],
  [-10, '−10 s'],
  [3_599, '+3,599 s'],
  [3_600, '+1:00:00'],
  [11_549.4, '+3:12:29'],
  [-7_199.6, '−2:00:00'],
  [100 * 3_600, '+100:00:00'],
  [1e15, '+1e+15 s'],
])('%d seconds are %s', (at, says) => {
  expect(describeMoment(at)).toBe(says)
})
