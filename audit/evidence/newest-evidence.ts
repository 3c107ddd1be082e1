/** The newest entries of a stream. */
export interface NewestEvidence {
  readonly stream: string
  /** Newest first, `NEWEST_ENTRIES` at most. */
  readonly entries: readonly NewestEntry[]
}

export interface NewestEntry {
  readonly id: string
  /** Names and values of its fields together. */
  readonly bytes: number
  /** The relay's sequence of the event in it; `null` where the entry does not say. */
  readonly seq: number | null
  /** When the event happened by its own account, in milliseconds since the Unix epoch; `null` where it does not say. */
  readonly eventMs: number | null
}
