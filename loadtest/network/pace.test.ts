import { expect, test } from 'vitest'
import { phaseSchema } from '#loadtest/arrivals/phase.ts'
import { pacedBy, steadyPace } from './pace.ts'

const aPhase = (lasts: number, arrivals: object) => phaseSchema.parse({ name: 'a phase', lasts, arrivals })

test.each([
  { elapsed: -40, rate: 600, due: 0 },
  { elapsed: 1_000, rate: 600, due: 600 },
  { elapsed: 4_000, rate: 0.5, due: 2 },
])('after $elapsed ms at $rate/s, $due events are due', ({ elapsed, rate, due }) => {
  expect(steadyPace(rate)(elapsed)).toBe(due)
})

test('phases follow each other, and the first one follows the last', () => {
  const pace = pacedBy([
    aPhase(1, { shape: 'constant', rate: 100 }),
    aPhase(2, { shape: 'bursts', base: 0, peak: 1_000, every: 2, burstLasts: 1 }),
  ])
  expect([-5, 500, 1_000, 2_000, 3_000, 3_500].map((elapsed) => Math.round(pace(elapsed)))).toEqual([
    0, 50, 100, 1_100, 1_100, 1_150,
  ])
})

test('a day and a night have the mean between them', () => {
  const pace = pacedBy([aPhase(10, { shape: 'day-night', mean: 100, swing: 1, dayLasts: 10 })])
  expect(pace(2_500)).toBeGreaterThan(400)
  expect(pace(10_000)).toBeCloseTo(1_000, 3)
})
