import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './seeded.ts'
import { type Point, theilSen } from './theil-sen.ts'
import { thinByMedian } from './thin-by-median.ts'

/** A line with noise that keeps a share of what it was at the point before. */
const series = (slope: number, { noise = 1, memory = 0, count = 120, seed = 1 } = {}): Point[] => {
  const random = seeded(seed)
  let swing = 0
  return Array.from({ length: count }, (_, x) => {
    swing = memory * swing + noise * (random() - 0.5)
    return [x, 100 + slope * x + swing]
  })
}

/** In how many of a hundred series the interval leaves 0 out. */
const named = (slope: number, memory: number): number =>
  Array.from({ length: 100 }, (_, seed) => theilSen(series(slope, { memory, seed: seed * 7_919 }))).filter(
    (trend) => trend !== null && (trend.low > 0 || trend.high < 0),
  ).length

test('the slope of a line is that of the line', () => {
  const trend = theilSen(series(0.5, { noise: 0 }))
  expect(trend).toMatchObject({ slope: 0.5, low: 0.5, high: 0.5, intercept: 100 })
})

test('a growth below the noise of one point is found in many', () => {
  const trend = theilSen(series(0.01))
  expect(trend?.low).toBeGreaterThan(0)
  expect(trend?.slope).toBeCloseTo(0.01, 2)
})

test('a quarter of the points may be wild', () => {
  const random = seeded(3)
  const wild = series(0.5).map(([x, y]): Point => [x, random() < 0.25 ? 1e6 * random() : y])
  expect(theilSen(wild)?.slope).toBeCloseTo(0.5, 1)
})

test('flat noise is seldom called a trend, also where neighbours resemble each other, and a trend often', () => {
  expect(named(0, 0)).toBeLessThanOrEqual(10)
  expect(named(0, 0.8)).toBeLessThanOrEqual(15)
  expect(named(0.05, 0.8)).toBeGreaterThan(90)
})

test.each([
  { what: 'seven points', points: series(1, { count: 7 }) },
  { what: 'one moment', points: series(1).map(([, y]): Point => [5, y]) },
])('$what make no trend', ({ points }) => {
  expect(theilSen(points)).toBeNull()
})

test('steeper by as much as is added, and within its interval', () => {
  const ys = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 8, maxLength: 30 })
  fc.assert(
    fc.property(ys, fc.integer({ min: -50, max: 50 }), (some, steeper) => {
      const flat = theilSen(some.map((y, x) => [x, y]))
      const tilted = theilSen(some.map((y, x) => [x, y + steeper * x]))
      expect(tilted?.slope).toBeCloseTo((flat?.slope ?? 0) + steeper, 6)
      expect(flat?.low).toBeLessThanOrEqual(flat?.slope ?? 0)
      expect(flat?.high).toBeGreaterThanOrEqual(flat?.slope ?? 0)
    }),
    { numRuns: 50 },
  )
})

test('many points are thinned to the medians of stretches, few are left alone', () => {
  const many = series(1, { count: 10_000, noise: 0 })
  expect(thinByMedian(many, 400)).toHaveLength(400)
  expect(thinByMedian(many, 400)[0]).toEqual([12, 112])
  expect(thinByMedian(many.slice(0, 5), 400)).toEqual(many.slice(0, 5))
  expect(theilSen(many)?.slope).toBeCloseTo(1, 9)
})
