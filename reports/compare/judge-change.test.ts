import { expect, test } from 'vitest'
import { seeded } from '#kernel/statistics/seeded.ts'
import { judgeChange } from './judge-change.ts'

const around = (middle: number, count: number, seed: number): number[] => {
  const random = seeded(seed)
  return Array.from({ length: count }, () => middle * (0.99 + 0.02 * random()))
}

const between = (before: readonly number[], after: readonly number[], better: 'higher' | 'lower' | null) =>
  judgeChange({ before, after, better }, 0.05)

test.each([
  { after: 120, better: 'lower', direction: 'worse' },
  { after: 120, better: 'higher', direction: 'better' },
  { after: 80, better: 'lower', direction: 'better' },
  { after: 120, better: null, direction: 'changed' },
  { after: 100.5, better: 'lower', direction: 'same' },
] as const)('from 100 to $after where $better is better is $direction', ({ after, better, direction }) => {
  const judged = between(around(100, 8, 1), around(after, 8, 2), better)
  expect(judged.direction).toBe(direction)
  expect(judged.because).toMatch(/^[+−][\d.]+ % \(95 %: [+−][\d.]+ % to [+−][\d.]+ %\)$/)
})

test.each([
  { before: [100], after: [200], because: 'one run each' },
  { before: [100, 101, 99], after: [200, 201, 199], because: '3 against 3 are too few' },
  { before: [100], after: [], because: 'not measured on both sides' },
  { before: [0, 0, 0, 0], after: [5, 6, 7, 8], because: 'it was 0, of which nothing is a share' },
  {
    before: [80, 120, 90, 110, 70],
    after: [75, 125, 95, 130, 85],
    because: expect.stringContaining('more runs'),
  },
])('$because: $before against $after is unknown', ({ before, after, because }) => {
  expect(between(before, after, 'lower')).toEqual({ direction: 'unknown', because })
})

test('a change below the smallest worth naming is not named, and the same change is where less is worth naming', () => {
  const samples = { before: around(100, 30, 3), after: around(103, 30, 4), better: 'lower' } as const
  expect(judgeChange(samples, 0.05).direction).toBe('same')
  expect(judgeChange(samples, 0.01).direction).toBe('worse')
})

test('a single run against many is named where it lies far outside, and not called the same where many of them do', () => {
  const kept = around(100, 40, 5)
  expect(between(kept, [120], 'lower').direction).toBe('worse')
  expect(between(kept, [100], 'lower').direction).toBe('same')
  const wild = kept.map((value, index) => value * (1 + (index % 5) / 10))
  expect(between(wild, [120], 'lower').direction).toBe('unknown')
})

test('what was counted alike in every run is the same, be it once', () => {
  expect(between([0], [0], 'lower')).toEqual({ direction: 'same', because: 'equal every time' })
})
