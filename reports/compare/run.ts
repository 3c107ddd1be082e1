import type { Verdict } from '#kernel/verdict/verdict.ts'

/** One number of a run, as a comparison needs it. */
export interface Measured {
  /** The question under which it was measured. */
  readonly section: string
  readonly name: string
  readonly unit: string
  /** `null` when it could not be measured. */
  readonly value: number | null
  /** Values of single rounds within the run; empty where none were kept. */
  readonly rounds: readonly number[]
  /** `null` when neither the run nor the unit says which way is good. */
  readonly better: 'higher' | 'lower' | null
}

/** A run that can be compared with others: a saved report, the result of a benchmark, or a line of the history. */
export interface Run {
  /** Where it was read from. */
  readonly file: string
  readonly area: string
  readonly subject: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly verdict: Verdict
  /** What it asked, and how each was answered. */
  readonly questions: readonly { readonly title: string; readonly verdict: Verdict }[]
  readonly environment: Readonly<Record<string, string>>
  readonly measured: readonly Measured[]
}
