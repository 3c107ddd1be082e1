import { scaled } from './arrivals/shape.ts'
import { countArrivals } from './arrivals/slots.ts'
import { checkScenario } from './check-scenario.ts'
import type { Flow, Scenario } from './scenario.ts'

/** How large a scenario is to be; what is left out stays as it is declared. */
export interface Size {
  /** Mean events per second of the first flow, without its warm-up. */
  readonly rate?: number | undefined
  /** Seconds of load, without the warm-up. */
  readonly duration?: number | undefined
  /** Events of the load of all flows, without the warm-up. */
  readonly events?: number | undefined
}

/** The same weather, stronger and longer. Throws `UsageError` when that is more than a scenario may be. */
export function resize(scenario: Scenario, { rate, duration, events }: Size): Scenario {
  const [first] = scenario.flows
  if (!first) return scenario
  const factor = rate === undefined ? 1 : rate / meanRate(first)
  const stronger = scenario.flows.map((flow) =>
    changed(flow, ({ arrivals }) => ({ arrivals: scaled(arrivals, factor) })),
  )
  const total = stronger.reduce((sum, flow) => sum + loadOf(flow), 0)
  const lasts = Math.max(...stronger.map(secondsOf))
  const stretch = duration === undefined ? (events === undefined ? 1 : events / total) : duration / lasts
  const longer = stronger.map((flow) =>
    changed(flow, (phase) => (phase.warmUp ? {} : { lasts: phase.lasts * stretch })),
  )
  return checkScenario({ ...scenario, flows: longer }, scenario.id)
}

type Phase = Flow['phases'][number]

function changed(flow: Flow, change: (phase: Phase) => Partial<Phase>): Flow {
  return { ...flow, phases: flow.phases.map((phase) => ({ ...phase, ...change(phase) })) }
}

/** Events of a flow without its warm-up. */
function loadOf({ phases }: Flow): number {
  const even = phases.filter(({ warmUp }) => !warmUp).map((phase) => ({ ...phase, spread: 'even' as const }))
  return countArrivals({ phases: even, seed: 1, share: { index: 0, of: 1 } })
}

/** Seconds of a flow without its warm-up. */
function secondsOf({ phases }: Flow): number {
  return phases.reduce((sum, { lasts, warmUp }) => sum + (warmUp ? 0 : lasts), 0)
}

function meanRate(flow: Flow): number {
  return loadOf(flow) / secondsOf(flow)
}
