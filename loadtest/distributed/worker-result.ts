import type { FlowLatencies, LoadRun } from '#loadtest/engine/load-run.ts'
import { decodeLatencies } from '#loadtest/latency/latencies.ts'
import type { WorkerShare } from './worker-share.ts'

/** What one machine saw, as JSON: histograms encoded, so that they can be added and not averaged. */
export interface WorkerResult {
  readonly schema: typeof WORKER_SCHEMA
  readonly worker: WorkerShare
  /** The whole scenario and seed, of which this machine had its share. */
  readonly scenario: LoadRun['scenario']
  readonly seed: number
  readonly host: string
  readonly redis: string
  /** ISO 8601, by the clock of the machine. */
  readonly startedAt: string
  readonly finishedAt: string
  readonly run: EncodedRun
}

export const WORKER_SCHEMA = 'standpipe/load-worker@1'

/** A run of the thinned scenario, without the curves of its streams. */
export interface EncodedRun extends Omit<LoadRun, 'latencies'> {
  readonly latencies: readonly EncodedLatencies[]
}

export interface EncodedLatencies {
  readonly flow: string
  readonly published: string
  readonly acknowledged: string
  readonly delivered: string
  readonly committed: readonly (readonly [group: string, latencies: string])[]
  readonly claimed: string
}

export function encodeRun({ latencies, consumers, flows, ...run }: LoadRun): EncodedRun {
  return {
    ...run,
    flows: flows.map((flow) => ({ ...flow, samples: [] })),
    latencies: latencies.map(encodeLatencies),
    consumers: consumers.map((consumer) => ({ ...consumer, latencies: [] })),
  }
}

function encodeLatencies(all: FlowLatencies): EncodedLatencies {
  return {
    flow: all.flow,
    published: all.published.encode(),
    acknowledged: all.acknowledged.encode(),
    delivered: all.delivered.encode(),
    committed: [...all.committed].map(([group, latencies]) => [group, latencies.encode()]),
    claimed: all.claimed.encode(),
  }
}

export function decodeFlowLatencies(encoded: EncodedLatencies): FlowLatencies {
  return {
    flow: encoded.flow,
    published: decodeLatencies(encoded.published),
    acknowledged: decodeLatencies(encoded.acknowledged),
    delivered: decodeLatencies(encoded.delivered),
    committed: new Map(encoded.committed.map(([group, text]) => [group, decodeLatencies(text)])),
    claimed: decodeLatencies(encoded.claimed),
  }
}
