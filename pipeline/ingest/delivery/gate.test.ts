import { expect, test } from 'vitest'
import { judgeGate } from './gate.ts'

test.each([
  { isClosed: false, bytes: 99, isRefused: false, closes: false },
  { isClosed: false, bytes: 100, isRefused: false, closes: true },
  { isClosed: true, bytes: 51, isRefused: false, closes: true },
  { isClosed: true, bytes: 50, isRefused: false, closes: false },
  { isClosed: false, bytes: 0, isRefused: true, closes: true },
  { isClosed: true, bytes: 0, isRefused: true, closes: true },
])(
  'closed $isClosed with $bytes of 100 bytes, refused $isRefused: closed $closes',
  ({ isClosed, closes, ...load }) => {
    expect(judgeGate(isClosed, load, 100)).toBe(closes)
  },
)
