/** A field of an entry, byte for byte. */
export interface Field {
  readonly name: Buffer
  readonly value: Buffer
}

/** An entry that nobody could work on, as it lies in the dead-letter stream. */
export interface DeadLetter {
  /** Its own ID in the dead-letter stream; the time in it is when it was moved there, by the clock of Redis. */
  readonly id: string
  /** `null` when the letter does not say, as for the next ones. */
  readonly reason: string | null
  readonly error: string | null
  /** How often the entry failed; deliveries are not failures. */
  readonly attempts: number | null
  /** ISO 8601. */
  readonly firstFailedAt: string | null
  readonly lastFailedAt: string | null
  /** Where the entry was. */
  readonly stream: string | null
  readonly entryId: string | null
  readonly group: string | null
  readonly consumer: string | null
  /** The entry's own fields in their order, without the prefix. */
  readonly fields: readonly Field[]
  /** What else is in the letter: one that another system wrote keeps its entry there. */
  readonly others: readonly Field[]
}
