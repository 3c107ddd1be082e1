import type { Bench } from './bench.ts'

/** A mistake that real ingesters and indexers make, beside the same scene without it. */
export interface Mutant {
  readonly id: string
  /** The mistake, as its author would have defended it. */
  readonly mistake: string
  /** What the ledger must say of it. */
  readonly costs: 'lost' | 'duplicateEffects'
  /** Events in the scene. */
  readonly events: number
  /** How many of them each commit has; one when absent. */
  readonly opsPerCommit?: number
  /** Plays the scene with the mistake. */
  readonly broken: (bench: Bench) => Promise<void>
  /** Plays the very same scene without it: the control that shows that the judge does not cry wolf. */
  readonly sound: (bench: Bench) => Promise<void>
}

export function defineMutant(mutant: Mutant): Mutant {
  return mutant
}
