/** One look at the flow from outside. `null` is what could not be seen at that moment, never 0. */
export interface FlowSample {
  /** Seconds since the drill began. */
  readonly at: number
  /** Whether Redis answered. */
  readonly redisUp: boolean
  /** Sequence of the last event that the relay journaled. */
  readonly emittedSeq: number | null
  /** Sequence that the stored cursor stands at. */
  readonly storedSeq: number | null
  /** Entries ever added to the stream. */
  readonly entriesAdded: number | null
  /** Entries in the stream now. */
  readonly length: number | null
  /** Entries not yet delivered to the group; also `null` when Redis itself cannot tell. */
  readonly lag: number | null
  /** Entries delivered and not acknowledged. */
  readonly pending: number | null
  readonly usedMemoryBytes: number | null
}
