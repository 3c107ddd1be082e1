import type { Share } from '#loadtest/arrivals/slots.ts'
import type { Flow } from '#loadtest/scenario.ts'

/** Everything that a producer needs to know, as plain data, so that it may be another thread or process. */
export interface ProducerPlan {
  readonly name: string
  readonly redisUrl: string
  readonly stream: string
  /** Key of the cursor that is this producer's own. */
  readonly cursor: string
  readonly highWater: number
  readonly flow: Flow
  readonly share: Share
  readonly seed: number
  readonly journalPath: string
}

/** What a producer did, as plain data. */
export interface ProducerEnd {
  readonly name: string
  /** Sent by this producer, whatever became of it. */
  readonly attempted: number
  readonly acknowledged: number
  /** Times that Redis refused a batch, or did not answer, by outcome. */
  readonly refusals: Readonly<Record<string, number>>
  /** Times that Redis forgot what it had confirmed. */
  readonly rolledBack: number
  /** Encoded. */
  readonly latencies: { readonly published: string; readonly acknowledged: string }
}
