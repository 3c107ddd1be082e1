import { measureRun } from './engine/measure-run.ts'
import { createLatencies } from './latency/latencies.ts'
import type { Scenario } from './scenario.ts'

/** The name of everything that a run of this scenario can measure, for its thresholds to be about. */
export function measuresOf(scenario: Scenario): string[] {
  const claimed = createLatencies()
  claimed.record(1)
  const latencies = scenario.flows.map(({ name }) => ({
    flow: name,
    published: createLatencies(),
    acknowledged: createLatencies(),
    delivered: createLatencies(),
    committed: new Map(scenario.groups.map((group) => [group.name, createLatencies()])),
    claimed,
  }))
  const run = {
    scenario,
    latencies,
    seed: 0,
    planned: [],
    producers: [],
    consumers: [],
    flows: [],
    selves: [],
    consumerSelves: [],
    loadMs: 0,
    drainMs: null,
    silentForMs: 0,
    redisCpuShare: null,
    machineCpuShare: null,
    maxmemoryBytes: null,
    interrupted: null,
  }
  return measureRun(run).map(({ name }) => name)
}
