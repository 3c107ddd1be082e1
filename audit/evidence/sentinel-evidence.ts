import type { Quote } from '../quote.ts'

/** What a Sentinel knows of the primary that it led us to. */
export interface SentinelEvidence {
  /** The name under which Sentinels watch the primary. */
  readonly primary: string
  /** Sentinels that watch it, the one that was asked included. */
  readonly sentinels: number
  /** How many of them must find it down before one may fail over. */
  readonly quorum: number
  readonly replicas: number
  /** Why no failover could be agreed on now, as the Sentinel says it; `null` when it could. */
  readonly noQuorum: string | null
  /** How long it may be silent before it counts as down. */
  readonly downAfterMs: number
  /** What the Sentinel thinks of it: `master`, and `s_down`, `o_down` and the like. */
  readonly flags: readonly string[]
  readonly quotes: readonly Quote[]
}
