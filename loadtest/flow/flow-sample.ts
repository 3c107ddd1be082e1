/** One look at the flow from outside. `null` is what could not be seen at that moment, never 0. */
export interface FlowSample {
  /** Seconds since the observation began. */
  readonly at: number
  /** Whether Redis answered. */
  readonly redisUp: boolean
  /** Sequence of the last event that the relay journaled; also `null` where no relay is watched. */
  readonly emittedSeq: number | null
  /** Whether the relay has emitted everything that it was asked to. */
  readonly emittedAll: boolean
  /** Sequence at which the cursor beside the data stands. */
  readonly storedSeq: number | null
  /** Entries ever added to the stream. */
  readonly entriesAdded: number | null
  /** Entries in the stream now. */
  readonly length: number | null
  /** Entries not yet delivered to the group; also `null` when Redis itself cannot tell. */
  readonly lag: number | null
  /** Entries delivered and not acknowledged. */
  readonly pending: number | null
  /** Milliseconds since the oldest of them was delivered or claimed; `null` also when nothing is pending. */
  readonly oldestIdleMs: number | null
  readonly usedMemoryBytes: number | null
}
