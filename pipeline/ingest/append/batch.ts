import type { Gap } from '#pipeline/contract.ts'

/** What one sequence of a relay becomes in the stream: all of its entries, or none. */
export interface Commit {
  /** The relay's sequence. */
  readonly seq: number
  /** Values of its entries, one entry after the other, each in the order of the batch's fields. Never empty. */
  readonly values: readonly string[]
  /** Which of several relays said it, by its place in the `moves` of the batch; absent is the first. */
  readonly line?: number
}

/** Whole commits of one relay that are stored together with its cursor, in one call. */
export interface Batch {
  /** Field names of every entry. */
  readonly fields: readonly string[]
  /** Ascending by sequence. May be empty: then only the cursor moves. */
  readonly commits: readonly Commit[]
  /** The sequence that must be stored already; `null` when nothing comes before this batch. */
  readonly after: number | null
  /** The cursor once this batch is stored; at least the sequence of its last commit. */
  readonly upTo: number
  /** Stretches before these commits that may be missing; stored with them, once. */
  readonly gaps?: readonly Gap[]
}
