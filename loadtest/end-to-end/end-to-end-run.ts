import type { FlowSample } from '#loadtest/flow/flow-sample.ts'
import type { Ledger } from '#loadtest/ledger/ledger.ts'
import type { StateComparison } from '#loadtest/ledger/state-comparison.ts'
import type { Latencies } from './read-latencies.ts'

/** What was seen of events on their way from the relay to PostgreSQL, without a judgement. */
export interface EndToEndRun {
  readonly asked: number
  /** Events per second that the relay was to emit. */
  readonly rate: number
  /** From the first look until everything was stored, delivered and acknowledged; `null`: it never was. */
  readonly drainedInMs: number | null
  /** Why it was ended early; `null` when it was not. */
  readonly interrupted: string | null
  readonly ledger: Ledger
  readonly state: StateComparison
  readonly latencies: Latencies
  readonly samples: readonly FlowSample[]
  /** `null` when nobody says. */
  readonly maxmemoryBytes: number | null
  /** What PostgreSQL it was: embedded, or the operator's. */
  readonly database: string
}
