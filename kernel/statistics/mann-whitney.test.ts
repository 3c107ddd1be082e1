import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bothTails } from './both-tails.ts'
import { mannWhitney } from './mann-whitney.ts'

test.each([
  {
    before: [1, 2, 3],
    after: [4, 5, 6],
    chance: 2 / 20,
    known: 'two of the twenty ways to deal three ranks',
  },
  { before: [1, 2, 3, 4], after: [5, 6, 7, 8], chance: 2 / 70, known: 'two of seventy' },
  { before: [1, 4], after: [2, 3], chance: 1, known: 'as even as can be' },
  {
    before: [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
    after: [1.15, 0.88, 0.9, 0.74, 1.21],
    chance: 0.2544,
    known: "the example of R's wilcox.test",
  },
])('$before against $after: $known', ({ before, after, chance }) => {
  expect(mannWhitney(before, after)).toBeCloseTo(chance, 4)
})

test('the approximation for many meets the exact value for few', () => {
  const [low, high] = [
    [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23],
    [6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28],
  ]
  const many = mannWhitney(
    low.flatMap((one) => [one, one]),
    high.flatMap((one) => [one, one]),
  )
  expect(mannWhitney(low, high)).toBeGreaterThan(many)
  expect(mannWhitney([...low, 100, 101], [...high, 102, 103])).toBeCloseTo(
    mannWhitney([...low, 100, 100], [...high, 100, 100]),
    1,
  )
})

test('nothing but ties, or an empty side, differs by nothing', () => {
  expect(mannWhitney([5, 5, 5], [5, 5, 5, 5])).toBe(1)
  expect(mannWhitney([], [1, 2])).toBe(1)
})

test('it does not matter which side is called before, nor on which scale', () => {
  const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(values, values, (before, after) => {
      const chance = mannWhitney(before, after)
      expect(mannWhitney(after, before)).toBeCloseTo(chance, 9)
      expect(mannWhitney(before.map(Math.exp), after.map(Math.exp))).toBeCloseTo(chance, 9)
      expect(chance).toBeGreaterThan(0)
      expect(chance).toBeLessThanOrEqual(1)
    }),
  )
})

test.each([
  [0, 1],
  [1, 0.3173],
  [1.959964, 0.05],
  [3, 0.0027],
])('beyond %d deviations lie %d', (deviations, share) => {
  expect(bothTails(deviations)).toBeCloseTo(share, 4)
})
