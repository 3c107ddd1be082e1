import { describe, expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

describe(backoffMs, () => {
  const bounds = { base: 1_000, cap: 30_000 }

  test.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [6, 30_000],
    [5_000, 30_000],
  ])('after %i failures waits up to %i ms, and never under half of it', (failures, whole) => {
    expect(backoffMs(failures, bounds, 0)).toBe(whole / 2)
    expect(backoffMs(failures, bounds, 0.999_999)).toBeCloseTo(whole, -1)
  })
})
