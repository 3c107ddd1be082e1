import { expect, test } from 'vitest'
import { seeded } from '#kernel/statistics/seeded.ts'
import { findSteps } from './find-steps.ts'
import { growthMeasurement, growthOf, judgeGrowth } from './judge-growth.ts'
import type { Watched } from './watched.ts'

const MIB = 1_048_576
const HOUR = 3_600

interface Creep {
  /** Share of the level per hour. */
  readonly perHour?: number
  readonly hours?: number
  /** Share of the level, to either side. */
  readonly noise?: number
  /** Share of a swing that is left at the next look. */
  readonly memory?: number
  /** Share of the level by which it jumps in the middle. */
  readonly jump?: number
  readonly seed?: number
}

function watched(creep: Creep = {}): Watched {
  const { perHour = 0, hours = 8, noise = 0.02, memory = 0, jump = 0, seed = 1 } = creep
  const random = seeded(seed)
  const level = 500 * MIB
  let swing = 0
  const points = Array.from({ length: 1_000 }, (_, index) => {
    const at = (index / 1_000) * hours * HOUR
    swing = swing * memory + noise * (2 * random() - 1)
    const grown = 1 + (perHour * at) / HOUR + swing + (index >= 500 ? jump : 0)
    return [at, level * grown] as const
  })
  return { name: 'used memory', unit: 'bytes', points, floorPerHour: MIB, why: 'it fills', remedy: 'look' }
}

test.each([
  { what: 'a leak of 1 % an hour over eight hours', creep: { perHour: 0.01 }, verdict: 'warn' },
  { what: 'a leak of 10 % an hour over eight hours', creep: { perHour: 0.1 }, verdict: 'fail' },
  { what: 'a flat and noisy one', creep: {}, verdict: 'pass' },
  { what: 'a flat one whose swings last', creep: { memory: 0.95, noise: 0.005 }, verdict: 'pass' },
  { what: 'one that shrinks', creep: { perHour: -0.05 }, verdict: 'pass' },
  {
    what: 'a leak of 1 % an hour in a run of five minutes',
    creep: { perHour: 0.01, hours: 1 / 12 },
    verdict: 'not-applicable',
  },
  {
    what: 'one that half an hour of noise could hide',
    creep: { hours: 0.5, noise: 0.05 },
    verdict: 'not-applicable',
  },
] as const)('$what is $verdict', ({ creep, verdict }) => {
  expect(judgeGrowth(watched(creep), false).verdict).toBe(verdict)
})

test('whatever the noise, a leak of 1 % an hour is named in a day, and none seldom', () => {
  const named = (perHour: number) =>
    Array.from({ length: 20 }, (_, seed) =>
      judgeGrowth(watched({ perHour, hours: 24, noise: 0.03, memory: 0.5, seed: seed + 1 }), true),
    ).filter(({ verdict }) => verdict === 'warn').length
  expect(named(0.01)).toBe(20)
  expect(named(0)).toBe(0)
})

test('a soak that could not see is unknown, where a short run passes no judgement', () => {
  const short = watched({ hours: 1 / 12, perHour: 0.01 })
  expect(judgeGrowth(short, true).verdict).toBe('unknown')
  expect(judgeGrowth({ ...short, points: short.points.slice(0, 3) }, true)).toMatchObject({
    verdict: 'unknown',
    says: 'not judged: 3 looks are too few',
  })
  expect(growthOf({ ...short, points: [] })).toBeNull()
  expect(growthMeasurement({ ...short, points: [] }).value).toBeNull()
})

test('a growth below what matters at all is not named, however small the level', () => {
  const { points, ...rest } = watched({ perHour: 0.1 })
  const tiny = { ...rest, points: points.map(([at, value]) => [at, value / 5_000] as const) }
  expect(judgeGrowth(tiny, true).verdict).toBe('pass')
})

test('the growth is told per hour, with its bounds and as a share', () => {
  expect(judgeGrowth(watched({ perHour: 0.01, noise: 0 }), false).says).toBe(
    'grows by +5 MiB an hour, 1.0 % of 520 MiB (95 %: +5 MiB an hour to +5 MiB an hour)',
  )
})

test('a step is found at its moment, also on a slope; noise and a slope alone hold none', () => {
  for (const perHour of [0, 0.05]) {
    const [step, ...others] = findSteps(watched({ jump: 0.5, perHour }))
    expect(others).toEqual([])
    expect(step?.at).toBeCloseTo(4 * HOUR, -3)
    expect(step?.what).toMatch(/^used memory: from about .+ MiB to .+ MiB$/)
    expect(findSteps(watched({ perHour }))).toEqual([])
  }
})
