import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bootstrapChange } from './bootstrap-change.ts'
import { seeded } from './seeded.ts'

const noisy = (middle: number, count: number, seed: number): number[] => {
  const random = seeded(seed)
  return Array.from({ length: count }, () => middle * (0.95 + 0.1 * random()))
}

test('a tenth more is found, and its interval leaves no doubt', () => {
  const found = bootstrapChange(noisy(100, 20, 1), noisy(110, 20, 2))
  expect(found?.change).toBeCloseTo(0.1, 1)
  expect(found?.low).toBeGreaterThan(0.03)
  expect(found?.high).toBeLessThan(0.17)
})

test('between two drawings of the same there is room for none', () => {
  const found = bootstrapChange(noisy(100, 20, 1), noisy(100, 20, 2))
  expect(found?.low).toBeLessThan(0)
  expect(found?.high).toBeGreaterThan(0)
})

test('the interval holds the truth about as often as it promises', () => {
  const held = Array.from({ length: 60 }, (_, round) => {
    const found = bootstrapChange(noisy(100, 15, 1_000 + round), noisy(120, 15, 2_000 + round))
    return found !== null && found.low <= 0.2 && found.high >= 0.2
  }).filter(Boolean)
  expect(held.length).toBeGreaterThanOrEqual(52)
})

test('a single value is taken to spread as those that it is held against', () => {
  const wide = bootstrapChange(noisy(100, 40, 1), [110])
  expect(wide?.change).toBeCloseTo(0.1, 1)
  expect((wide?.high ?? 0) - (wide?.low ?? 0)).toBeGreaterThan(0.08)
  const narrow = bootstrapChange(noisy(100, 40, 1), noisy(110, 40, 2))
  expect((narrow?.high ?? 0) - (narrow?.low ?? 0)).toBeLessThan(0.06)
})

test('what is asked about can be another quantile than the median', () => {
  const [calm, spiky] = [noisy(10, 200, 1), [...noisy(10, 190, 2), ...noisy(500, 10, 3)]]
  expect(bootstrapChange(calm, spiky)?.high).toBeLessThan(0.1)
  expect(bootstrapChange(calm, spiky, { quantile: 0.99 })?.low).toBeGreaterThan(1)
})

test.each([
  { before: [], after: [1] },
  { before: [1], after: [] },
  { before: [0, 0], after: [1] },
])('from $before to $after there is no share to tell', ({ before, after }) => {
  expect(bootstrapChange(before, after)).toBeNull()
})

test('the unit does not matter, and the same seed says the same again', () => {
  const values = fc.array(fc.double({ min: 1, max: 1_000, noNaN: true }), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(values, values, (before, after) => {
      const times8 = (some: readonly number[]) => some.map((one) => one * 8)
      const found = bootstrapChange(before, after)
      expect(bootstrapChange(times8(before), times8(after))).toEqual(found)
      expect(found?.low).toBeLessThanOrEqual(found?.high ?? 0)
    }),
    { numRuns: 15 },
  )
})
