import { expect, test } from 'vitest'
import { canTell } from './can-tell.ts'
import { mannWhitney } from './mann-whitney.ts'

test.each([
  { before: 4, after: 4, can: true },
  { before: 3, after: 3, can: false },
  { before: 3, after: 5, can: true },
  { before: 1, after: 39, can: true },
  { before: 1, after: 38, can: false },
  { before: 0, after: 100, can: false },
])(
  '$before against $after can tell: $can, as the clearest difference of so many shows',
  ({ before, after, can }) => {
    const low = Array.from({ length: before }, (_, index) => index)
    const high = Array.from({ length: after }, (_, index) => 1_000 + index)
    expect(canTell(before, after)).toBe(can)
    expect(mannWhitney(low, high) <= 0.05).toBe(can)
  },
)
