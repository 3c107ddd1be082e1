import type { Gap } from '#pipeline/contract.ts'
import type { Commit } from './batch.ts'

/** Whole commits that are stored together with the cursors of their relays, in one call. */
export interface LinesBatch {
  /** Field names of every entry. */
  readonly fields: readonly string[]
  /** Ascending by sequence, of each relay. May be empty: then only cursors move. */
  readonly commits: readonly Commit[]
  /** What becomes of the cursor of each relay, also of those that no commit comes from. */
  readonly moves: readonly CursorMove[]
  /** Stretches before these commits that may be missing; stored with them, once. */
  readonly gaps?: readonly Gap[]
}

export interface CursorMove {
  /** The sequence that must be stored already; `null` when nothing comes before this batch. */
  readonly after: number | null
  /** The cursor once the batch is stored; at least the sequence of its last commit. `null` when nothing was heard. */
  readonly upTo: number | null
}
