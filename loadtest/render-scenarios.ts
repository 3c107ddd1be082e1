import { toColumns } from '#kernel/format/to-columns.ts'
import { countArrivals } from './arrivals/slots.ts'
import type { Scenario } from './scenario.ts'

/** The scenarios, one line each, in columns. */
export function renderScenarios(scenarios: readonly Scenario[]): string {
  return toColumns(
    ['scenario', 'sends', 'lasts', 'asks'],
    scenarios.map((scenario) => [
      scenario.id,
      `${eventsOf(scenario)} events`,
      `${secondsOf(scenario)} s`,
      scenario.asks,
    ]),
  )
}

/** Events that a scenario sends with its usual seed. */
function eventsOf({ flows }: Scenario): number {
  return flows.reduce(
    (sum, { phases }) => sum + countArrivals({ phases, seed: 1, share: { index: 0, of: 1 } }),
    0,
  )
}

/** How long its arrivals take, in seconds. */
function secondsOf({ flows }: Scenario): number {
  return Math.max(...flows.map(({ phases }) => phases.reduce((sum, { lasts }) => sum + lasts, 0)))
}
