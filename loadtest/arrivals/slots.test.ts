import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '#loadtest/network/random.ts'
import { type Phase, phaseSchema } from './phase.ts'
import { poisson } from './poisson.ts'
import { rateAt, type Shape, scaled } from './shape.ts'
import { countArrivals, type Schedule, slotsOf } from './slots.ts'

const aPhase = (arrivals: Shape, changes: Partial<Phase> = {}): Phase => ({
  name: 'load',
  lasts: 2,
  arrivals,
  spread: 'even',
  warmUp: false,
  ...changes,
})
const alone = { index: 0, of: 1 }
const aSchedule = (...phases: readonly Phase[]): Schedule => ({ phases, seed: 1, share: alone })
const constant = (rate: number): Shape => ({ shape: 'constant', rate })

describe('a plan of arrivals', () => {
  test.each<[string, Shape, number]>([
    ['constant', constant(600), 1_200],
    ['ramp', { shape: 'ramp', from: 0, to: 1_000 }, 1_000],
    ['day and night', { shape: 'day-night', mean: 500, swing: 1, dayLasts: 1 }, 1_000],
    ['bursts', { shape: 'bursts', base: 100, peak: 1_100, every: 1, burstLasts: 0.5 }, 1_200],
    ['surge', { shape: 'surge', base: 0, peak: 1_000, halfLife: 0.1 }, 144],
  ])('%s makes as many events as the area under its curve', (_, shape, events) => {
    expect(Math.abs(countArrivals(aSchedule(aPhase(shape))) - events)).toBeLessThanOrEqual(1)
    expect(countArrivals(aSchedule(aPhase(scaled(shape, 3)))) / 3).toBeCloseTo(events, -1)
  })

  test('spaces a constant rate evenly, through all phases', () => {
    const slots = [...slotsOf(aSchedule(aPhase(constant(100)), aPhase(constant(200))))]
    const gaps = slots.slice(1).map(({ atMs }, index) => atMs - (slots[index]?.atMs ?? 0))
    expect(new Set(gaps.slice(0, 190))).toEqual(new Set([10]))
    expect(new Set(gaps.slice(210))).toEqual(new Set([5]))
    expect(slots.map(({ phase }) => phase)).toEqual(slots.map(({ atMs }) => (atMs < 2_000 ? 0 : 1)))
  })

  test('is the same every time, by chance too; another seed gives another', () => {
    const schedule = aSchedule(aPhase(constant(500), { spread: 'poisson' }))
    expect([...slotsOf(schedule)]).toEqual([...slotsOf(schedule)])
    expect([...slotsOf({ ...schedule, seed: 2 })]).not.toEqual([...slotsOf(schedule)])
  })

  test('shared by any number of producers, it is the same number of events within one each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 5_000 }), (of, rate) => {
        const shares = Array.from({ length: of }, (_, index) =>
          countArrivals({ phases: [aPhase(constant(rate))], seed: 1, share: { index, of } }),
        )
        const sum = shares.reduce((total, events) => total + events, 0)
        expect(Math.abs(sum - rate * 2)).toBeLessThanOrEqual(of)
      }),
      { numRuns: 20 },
    )
  })
})

test.each([0.2, 5, 80])('arrivals by chance have the mean and the variance of %d', (mean) => {
  const random = seededRandom(3)
  const drawn = Array.from({ length: 20_000 }, () => poisson(mean, random))
  const average = drawn.reduce((sum, one) => sum + one, 0) / drawn.length
  const variance = drawn.reduce((sum, one) => sum + (one - average) ** 2, 0) / drawn.length
  expect(Math.abs(average / mean - 1)).toBeLessThan(0.05)
  expect(Math.abs(variance / mean - 1)).toBeLessThan(0.1)
})

test('a surge halves with every half-life', () => {
  const surge: Shape = { shape: 'surge', base: 100, peak: 1_100, halfLife: 10 }
  expect([0, 10, 20].map((second) => rateAt(surge, second, 60))).toEqual([1_100, 600, 350])
})

test.each([
  { name: 'a', lasts: -1, arrivals: constant(1) },
  { name: 'a', lasts: 1, arrivals: constant(0) },
  { name: 'a', lasts: 1, arrivals: { shape: 'zigzag', rate: 1 } },
  { name: 'a', lasts: 1, arrivals: { ...constant(1), colour: 'red' } },
])('an impossible phase is refused: %o', (phase) => {
  expect(phaseSchema.safeParse(phase).success).toBe(false)
})
