/** What reading a stream from end to end found, held against what was appended, entry by entry. */
export interface ReadBack {
  /** Entries that were to be there. */
  readonly asked: number
  readonly read: number
  /** Read in their place, every character the same. */
  readonly equal: number
  /** Read in their place with another content. */
  readonly altered: number
  readonly missing: number
  /** Read and never appended, or a second time, or out of their order. */
  readonly unexpected: number
  /** The first few of what was wrong, in words. */
  readonly examples: readonly string[]
}
