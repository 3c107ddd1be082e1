import { UsageError } from '#kernel/errors.ts'
import { scaled } from '#loadtest/arrivals/shape.ts'
import { defineScenario, type Scenario } from '#loadtest/scenario.ts'

/** One of several machines that make a load together; `index` counts from 1. */
export interface WorkerShare {
  readonly index: number
  readonly of: number
}

const MOST = 1_000
/** Producers of one run differ by less than this. */
const SEEDS_PER_WORKER = 100_000

/** Reads `2/5`: the second of five. Throws `UsageError` on anything else. */
export function parseWorkerShare(text: string): WorkerShare {
  const [, index = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number)
  if (index >= 1 && index <= of && of <= MOST) return { index, of }
  throw new UsageError(`--worker "${text}": expected INDEX/OF, such as 1/3 for the first of three`)
}

/** What one machine sends: the same weather, thinner, so that all of them together make all of it. */
export function shareOf(scenario: Scenario, { of }: WorkerShare): Scenario {
  const flows = scenario.flows.map((flow) => ({
    ...flow,
    phases: flow.phases.map((phase) => ({ ...phase, arrivals: scaled(phase.arrivals, 1 / of) })),
  }))
  return defineScenario({ ...scenario, flows })
}

/** A seed of its own for each machine, so that no two make the same events. */
export function seedOf(seed: number, { index }: WorkerShare): number {
  return seed + (index - 1) * SEEDS_PER_WORKER
}
