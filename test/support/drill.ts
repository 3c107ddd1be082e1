import { type Drill, defineDrill } from '#chaos/drill.ts'
import type { DrillLog } from '#chaos/drill-log.ts'
import type { Fault } from '#chaos/fault.ts'
import type { FlowSample } from '#loadtest/flow/flow-sample.ts'
import type { Ledger } from '#loadtest/ledger/ledger.ts'

export const aFault: Fault = {
  name: 'pinch',
  against: () => ({ inject: async () => ({ bit: true, detail: 'it winced' }), lift: async () => {} }),
}

export function aDrill(over: Partial<Drill> = {}): Drill {
  return defineDrill({
    id: 'pinched',
    title: 'Somebody is pinched',
    hypothesis: 'it hurts, and passes',
    rate: 100,
    trafficLasts: 1_000,
    faults: [aFault],
    holdFor: 0,
    recoverWithin: 10_000,
    expectAlerts: ['Ouch'],
    runbook: 'ouch',
    ...over,
  })
}

/** A ledger of a hundred events without a flaw. */
export function aLedger(over: Partial<Ledger> = {}): Ledger {
  return {
    attempted: 100,
    filtered: 0,
    acknowledged: 100,
    delivered: 100,
    committed: 100,
    lost: 0,
    indeterminate: 0,
    recovered: 0,
    waiting: 0,
    duplicatedDeliveries: 0,
    duplicateEffects: 0,
    unexpected: 0,
    reordered: 0,
    superseded: 0,
    deadLettered: 0,
    rejected: 0,
    journal: { finished: true, promised: 100, late: 0, lastSeq: 100, torn: false, broken: 0, repeated: 0 },
    examples: {
      lost: [],
      indeterminate: [],
      waiting: [],
      duplicatedDeliveries: [],
      duplicateEffects: [],
      unexpected: [],
      reordered: [],
      superseded: [],
      deadLettered: [],
    },
    ...over,
  }
}

/** A log in which everything went as `aDrill` hoped. */
export function aDrillLog(over: Partial<DrillLog> = {}): DrillLog {
  return {
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:01:00.000Z',
    steadyBefore: { verdict: 'pass', because: 'entries came' },
    proofs: [{ fault: 'pinch', bit: true, detail: 'it winced' }],
    notLifted: [],
    recoveredInMs: 2_000,
    alerts: { fired: [{ name: 'Ouch', firedInMs: 900, resolvedInMs: 100 }] },
    ledger: aLedger(),
    state: { compared: 90, equal: 90, absent: 0, stale: 0, undead: 0, unexpected: 0, examples: [] },
    samples: [],
    timeline: [],
    ...over,
  }
}

/** A look at a flow that is level, half-way through. */
export function aSample(over: Partial<FlowSample> = {}): FlowSample {
  return {
    at: 10,
    redisUp: true,
    emittedSeq: 1_000,
    emittedAll: false,
    storedSeq: 1_000,
    entriesAdded: 1_000,
    length: 100,
    lag: 0,
    pending: 0,
    oldestIdleMs: null,
    usedMemoryBytes: 1_000_000,
    ...over,
  }
}
