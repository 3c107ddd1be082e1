import { describe, expect, test } from 'vitest'
import { checkScenario } from './check-scenario.ts'
import { findScenario } from './find-scenario.ts'
import { resize } from './resize.ts'
import { scenarios } from './scenarios/index.ts'
import steady from './scenarios/steady.ts'

const altered = (change: (scenario: ReturnType<typeof structuredClone<typeof steady>>) => void) => {
  const scenario = structuredClone(steady)
  change(scenario)
  return scenario
}

describe('a scenario that cannot be is refused in one sentence', () => {
  test.each<[string, unknown, RegExp]>([
    ['no scenario at all', 'weather', /expected object/],
    [
      'a rate of 0',
      altered(({ flows }) => Object.assign(flows[0]?.phases[1]?.arrivals ?? {}, { rate: 0 })),
      /flows\.0\.phases\.1\.arrivals\.rate: expected a rate above 0/,
    ],
    [
      'a negative duration',
      altered(({ flows }) => Object.assign(flows[0]?.phases[0] ?? {}, { lasts: -3 })),
      /lasts: expected seconds above 0/,
    ],
    ['an unknown field', { ...steady, wind: 'north' }, /unrecognized key: "wind"/],
    [
      'nothing but warm-up',
      altered(({ flows }) => flows[0]?.phases.splice(1)),
      /expected a phase that is no warm-up/,
    ],
    [
      'two groups of one name',
      { ...steady, groups: [...steady.groups, ...steady.groups] },
      /groups: expected names that differ/,
    ],
    [
      'a threshold without a limit',
      { ...steady, thresholds: [{ measure: 'x' }] },
      /expected atMost or atLeast/,
    ],
    [
      'a threshold about nothing',
      { ...steady, thresholds: [{ measure: 'mood p99', atMost: 1 }] },
      /nothing measures "mood p99"; a threshold may be about published p50, /,
    ],
  ])('%s', (_, value, says) => {
    expect(() => checkScenario(value, 'mine')).toThrow(says)
    expect(() => checkScenario(value, 'mine')).toThrow(/^scenario "mine": /)
  })

  test.each(scenarios)('control: $id, as it is declared, is not', (scenario) => {
    expect(checkScenario(structuredClone(scenario), scenario.id)).toEqual(scenario)
  })
})

test.each([
  ['nope', /^no scenario "nope"; name one of backfill-while-live, burst/],
  ['./nope.yaml', /^cannot read the scenario "\.\/nope\.yaml": ENOENT/],
])('a scenario %s that is not there is said not to be', async (name, says) => {
  await expect(findScenario(name)).rejects.toThrow(says)
})

describe(resize, () => {
  const [flow] = steady.flows
  const load = (scenario: typeof steady) => scenario.flows[0]?.phases[1]

  test('changes nothing unless asked', () => {
    expect(resize(steady, {})).toEqual(steady)
  })

  test('makes the weather stronger, warm-up and all, and longer, without the warm-up', () => {
    const larger = resize(steady, { rate: 4_000, duration: 60 })
    expect(load(larger)).toMatchObject({ lasts: 60, arrivals: { rate: 4_000 } })
    expect(larger.flows[0]?.phases[0]).toMatchObject({
      lasts: flow?.phases[0]?.lasts,
      arrivals: { rate: 4_000 },
    })
  })

  test('reaches a number of events by lasting as long as it takes', () => {
    expect(load(resize(steady, { events: 10_000 }))?.lasts).toBeCloseTo(5)
    expect(load(resize(steady, { events: 10_000, rate: 500 }))?.lasts).toBeCloseTo(20)
  })

  test('is refused beyond what a scenario may be', () => {
    expect(() => resize(steady, { rate: 1e9 })).toThrow(/expected at most 10000000/)
  })
})
