import { scenarios } from '#loadtest/scenarios/index.ts'
import { code, toTable } from '../table.ts'

/** Every weather that a load run can send, with the question that it answers and what would be too slow. */
export function renderScenarios(): string {
  return toTable(
    ['Scenario', 'What comes', 'What it asks', 'Thresholds'],
    scenarios.map(({ id, title, asks, thresholds }) => [
      code(id),
      title,
      asks,
      thresholds.map(({ measure, atMost, atLeast }) => shown(measure, atMost, atLeast)).join(', '),
    ]),
  )
}

function shown(measure: string, atMost: number | undefined, atLeast: number | undefined): string {
  const bounds = [
    atMost === undefined ? [] : `at most ${atMost}`,
    atLeast === undefined ? [] : `at least ${atLeast}`,
  ]
  return `${measure} ${bounds.flat().join(', ')}`
}
