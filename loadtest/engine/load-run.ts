import type { FlowSample } from '#loadtest/flow/flow-sample.ts'
import type { Latencies } from '#loadtest/latency/latencies.ts'
import type { Scenario } from '#loadtest/scenario.ts'
import type { ConsumerEnd } from './consumer-plan.ts'
import type { ProducerEnd } from './producer-plan.ts'
import type { Reconciled } from './reconcile-load.ts'
import type { SelfSample } from './self-watch.ts'

/** One flow as one group got it. */
export interface FlowOfGroup {
  readonly flow: string
  readonly group: string
  readonly books: Reconciled | { readonly missing: string }
  /** Looks at the stream and this group; seconds since the run began. */
  readonly samples: readonly FlowSample[]
}

/** What a flow's arrivals waited for, from the time at which they were meant to come. */
export interface FlowLatencies {
  readonly flow: string
  /** Until they were handed to Redis. */
  readonly published: Latencies
  /** Until Redis confirmed them. */
  readonly acknowledged: Latencies
  /** Until a consumer had them, of every group. */
  readonly delivered: Latencies
  /** Until they were in the sink, by group. */
  readonly committed: ReadonlyMap<string, Latencies>
  /** From a delivery until the next one of the same entry. */
  readonly claimed: Latencies
}

/** What a load run saw, without a judgement. */
export interface LoadRun {
  readonly scenario: Scenario
  readonly seed: number
  /** Events that the plan had, by flow, in their order. */
  readonly planned: readonly number[]
  readonly producers: readonly (ProducerEnd & { readonly flow: string })[]
  /** Groups that never began are left out. */
  readonly consumers: readonly ConsumerEnd[]
  readonly latencies: readonly FlowLatencies[]
  readonly flows: readonly FlowOfGroup[]
  /** How the threads that made the load were doing. */
  readonly selves: readonly SelfSample[]
  /** How the threads of the consumers were doing. */
  readonly consumerSelves: readonly SelfSample[]
  /** From the first arrival until the last was confirmed. */
  readonly loadMs: number
  /** From then until every group had everything; `null` when that never came. */
  readonly drainMs: number | null
  /** For how long Redis had not answered when the drain ended. */
  readonly silentForMs: number
  /** CPU time of Redis over the time of load and drain; 1 is a whole core; `null` when it did not say. */
  readonly redisCpuShare: number | null
  /** Share of all cores of this machine that was busy meanwhile, by whomever; `null` when it did not say. */
  readonly machineCpuShare: number | null
  /** Configured maxmemory in bytes; 0 when there is none, `null` when Redis did not say. */
  readonly maxmemoryBytes: number | null
  /** Why it was ended early; `null` when it was not. */
  readonly interrupted: string | null
}
