import type { LoadRun } from '#loadtest/engine/load-run.ts'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import { defineScenario } from '#loadtest/scenario.ts'
import { aLedger } from './drill.ts'

const scenario = defineScenario({
  id: 'fair',
  title: 'Fair weather',
  asks: 'Is it?',
  flows: [{ name: 'live', phases: [{ name: 'load', lasts: 1, arrivals: { shape: 'constant', rate: 100 } }] }],
  groups: [{ name: 'indexer' }],
  thresholds: [{ measure: 'committed p99', atMost: 50 }],
})

const aProducer = {
  name: 'producer',
  flow: 'live',
  attempted: 100,
  acknowledged: 100,
  rolledBack: 0,
  refusals: {},
  latencies: { published: '', acknowledged: '' },
}

/** A hundred waits of five milliseconds of every kind. */
function fast(): LoadRun['latencies'][number] {
  const waits = () => {
    const latencies = createLatencies()
    latencies.record(5, 100)
    return latencies
  }
  return {
    flow: 'live',
    published: waits(),
    acknowledged: waits(),
    delivered: waits(),
    committed: new Map([['indexer', waits()]]),
    claimed: createLatencies(),
  }
}

/** A run of a hundred events in which everything came once, and in time. */
export function aLoadRun(changes: Partial<LoadRun> = {}): LoadRun {
  return {
    scenario,
    seed: 1,
    planned: [100],
    producers: [aProducer],
    consumers: [
      {
        group: 'indexer',
        latencies: [],
        redelivered: 0,
        reclaimed: 0,
        lostBodies: 0,
        redisErrors: 0,
        undrained: null,
      },
    ],
    latencies: [fast()],
    flows: [{ flow: 'live', group: 'indexer', books: { ledger: aLedger(), poisoned: 0 }, samples: [] }],
    selves: [{ name: 'producer', delayP99Ms: 1, delayMaxMs: 2, cpuShare: 0.1, arrivals: 100, late: 0 }],
    consumerSelves: [],
    loadMs: 1_000,
    drainMs: 5,
    silentForMs: 0,
    redisCpuShare: 0.1,
    machineCpuShare: 0.2,
    maxmemoryBytes: 0,
    interrupted: null,
    ...changes,
  }
}
