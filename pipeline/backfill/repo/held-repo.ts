import type { RepoEntry } from '#pipeline/backfill/parse-repo-entry.ts'
import type { Held } from '#pipeline/consume/held-entries.ts'

/** A repo in this process: delivered to us, and neither acknowledged nor given up. */
export interface HeldRepo extends Held {
  readonly content: RepoEntry
  /** Aborts when another consumer has taken it. */
  readonly taken: AbortController
}
