import { expect, test } from 'vitest'
import { firstSeqAt } from './first-seq.ts'

test('a relay that is started again a second later begins beyond all it gave out at 50 000 frames a second', () => {
  const now = Date.UTC(2026, 5, 1)
  expect(firstSeqAt(now + 1_000)).toBeGreaterThan(firstSeqAt(now) + 50_000)
  expect(firstSeqAt(Date.UTC(2030, 0, 1))).toBeLessThan(Number.MAX_SAFE_INTEGER)
  expect(firstSeqAt(Date.UTC(1999, 0, 1))).toBe(1)
})
