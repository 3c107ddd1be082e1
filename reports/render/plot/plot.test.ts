import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentileAxis } from './percentile-axis.ts'
import { secondsAxis } from './seconds-axis.ts'
import { thinPoints } from './thin-points.ts'
import { linearAxis, logAxis, spansDecades } from './value-axis.ts'

test('each nine of a percentile is as wide as the one before', () => {
  const axis = percentileAxis([50, 99.99], [0, 400])
  expect([0, 90, 99, 99.9, 99.99].map((p) => Math.round(axis.at(p) ?? -1))).toEqual([0, 100, 200, 300, 400])
  expect(axis.ticks.map(({ text }) => text)).toEqual(['0', '90', '99', '99.9', '99.99', '50'])
})

test('the maximum has a place of its own, right of every percentile', () => {
  const axis = percentileAxis([50, 99, 100], [0, 250])
  expect(axis.at(100)).toBe(250)
  expect(axis.at(99)).toBeCloseTo(200)
  expect(axis.ticks.at(-1)).toEqual({ at: 250, text: 'max' })
})

test('values start at zero, in the unit that reads best', () => {
  const axis = linearAxis('bytes', [900 * 1024 ** 2, 2 * 1024 ** 3], [100, 0])
  expect(axis.at(0)).toBe(100)
  expect(axis.title).toBe('GiB')
  expect(axis.ticks[0]).toEqual({ at: 100, text: '0' })
})

test('a log axis gives each decade the same height and no place to zero', () => {
  const axis = logAxis('ms', [0.3, 1_443], [500, 0])
  expect(axis.ticks.map(({ text }) => text)).toEqual(['0.1 ms', '1 ms', '10 ms', '100 ms', '1 s', '10 s'])
  expect(axis.at(0)).toBeNull()
})

test('only values that span decades want a log axis', () => {
  expect(spansDecades([0.3, 1_443])).toBe(true)
  expect(spansDecades([3, 9])).toBe(false)
  expect(spansDecades([0, 1_443])).toBe(false)
  expect(spansDecades([])).toBe(false)
})

test('time that begins before the section begins is drawn too', () => {
  const axis = secondsAxis([-10, 30], [0, 400], 5)
  expect(axis.at(-10)).toBe(0)
  expect(axis.at(30)).toBe(400)
})

test('a thinned curve keeps its ends, its gaps and every spike', () => {
  const long = Array.from({ length: 10_000 }, (_, x) => [x, x === 4_321 ? 1e6 : Math.sin(x)] as const)
  const gappy = long.map(([x, y]) => [x, x > 5_000 && x < 5_100 ? null : y] as const)
  const thin = thinPoints(gappy, 600)
  expect(thin.length).toBeLessThan(800)
  expect(thin[0]).toEqual(gappy[0])
  expect(thin.at(-1)).toEqual(gappy.at(-1))
  expect(thin).toContainEqual([4_321, 1e6])
  expect(thin.some(([, y]) => y === null)).toBe(true)
})

test('a thinned curve has the same lowest and highest value as the whole one', () => {
  const points = fc.array(fc.tuple(fc.nat(), fc.integer()), { minLength: 100, maxLength: 300 })
  fc.assert(
    fc.property(points, (all) => {
      const thin = thinPoints(all, 40).map(([, y]) => Number(y))
      const whole = all.map(([, y]) => y)
      expect(Math.max(...thin)).toBe(Math.max(...whole))
      expect(Math.min(...thin)).toBe(Math.min(...whole))
    }),
    { numRuns: 50 },
  )
})
