import type { Moment } from '#kernel/report/report.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import type { FlowSample } from '#loadtest/flow/flow-sample.ts'
import type { Ledger } from '#loadtest/ledger/ledger.ts'
import type { StateComparison } from '#loadtest/ledger/state-comparison.ts'
import type { Proof } from './fault.ts'

export interface FaultProof extends Proof {
  readonly fault: string
}

/** An alert that was seen firing. */
export interface FiredAlert {
  readonly name: string
  /** From the first injection until it was seen firing. */
  readonly firedInMs: number
  /** From the lift until it was seen to have stopped; `null` when it still fired at the end. */
  readonly resolvedInMs: number | null
}

/** What a drill saw, without a judgement. */
export interface DrillLog {
  /** ISO 8601, UTC; the zero of every `at`. */
  readonly startedAt: string
  readonly finishedAt: string
  /** Whether the flow was level before the first fault, and what showed it. */
  readonly steadyBefore: { readonly verdict: Verdict; readonly because: string }
  readonly proofs: readonly FaultProof[]
  /** Faults that could not be undone, with the reason. */
  readonly notLifted: readonly string[]
  /** From the last lift until the flow was level again; `null` when it never was. */
  readonly recoveredInMs: number | null
  readonly alerts: { readonly fired: readonly FiredAlert[] } | { readonly missing: string }
  readonly ledger: Ledger | { readonly missing: string }
  readonly state: StateComparison | { readonly missing: string }
  readonly samples: readonly FlowSample[]
  readonly timeline: readonly Moment[]
}
