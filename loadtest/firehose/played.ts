import type { SelfSample } from '#loadtest/engine/self-watch.ts'
import type { Latencies } from '#loadtest/latency/latencies.ts'

/** What became of a firehose that was played, without a judgement. */
export interface Played {
  /** Where it went: `relay ws://127.0.0.1:2583`, `stream firehose_live`. */
  readonly into: string
  readonly planned: number
  readonly sent: number
  /** Confirmed by Redis; `null` for a relay, which nobody confirms anything to. */
  readonly acknowledged: number | null
  readonly late: number
  readonly tookMs: number
  /** From the intended time until Redis confirmed; `null` for a relay. */
  readonly latencies: Latencies | null
  /** How the threads that made it were doing. */
  readonly selves: readonly SelfSample[]
  readonly interrupted: string | null
}
