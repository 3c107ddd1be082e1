import type { HeldEntry } from './held-entries.ts'

/**
 * Deliveries from which on an entry is a suspect: whoever had it before did not bring it to its end, so it may be
 * what killed them. Deliveries alone prove nothing, since restarts and lost replies count as well.
 */
export const SUSPECT_FROM = 4

/** An entry that may be deadly to read or to store. It has not been read yet, so its content is empty. */
export interface Suspect {
  readonly entry: HeldEntry
  readonly fields: readonly string[]
}
