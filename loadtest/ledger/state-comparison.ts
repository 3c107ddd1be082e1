/** The final state of the sink, held against the last thing attempted for every record. */
export interface StateComparison {
  /** Records that the journal names, each once. */
  readonly compared: number
  /** Present with the last CID and revision, or gone when the last thing attempted was a delete. */
  readonly equal: number
  /** Should be there, and is not. */
  readonly absent: number
  /** There with another CID or revision than the last one attempted. */
  readonly stale: number
  /** There although the last thing attempted was its deletion. */
  readonly undead: number
  /** There and never attempted. */
  readonly unexpected: number
  /** A few of those that differ. */
  readonly examples: readonly string[]
}
