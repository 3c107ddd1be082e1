/**
 * What became of every event, in Jepsen's words. A class that was not looked at is `null`.
 * https://github.com/jepsen-io/jepsen/blob/main/jepsen/src/jepsen/checker.clj (total-queue)
 */
export interface Ledger {
  /** Events that the relay journaled and the ingester was to keep. */
  readonly attempted: number
  /** Events that the relay journaled and the ingester was to leave out. */
  readonly filtered: number
  /** Attempted, and covered by the cursor that is stored beside the data. `null`: no cursor was read. */
  readonly acknowledged: number | null
  /** Attempted, and handed to a consumer: committed or dead-lettered. */
  readonly delivered: number
  /** Attempted, and in the sink at least once. */
  readonly committed: number
  /** Attempted, acknowledged, and nowhere any more. */
  readonly lost: number
  /** Attempted and not acknowledged: the relay still holds it, so it is neither lost nor proven. */
  readonly indeterminate: number
  /** In doubt when a fault struck, and committed after all. */
  readonly recovered: number
  /** In the stream, not acknowledged, and not yet committed. `null`: the stream was not read back. */
  readonly waiting: number | null
  /** Further commits of an event that was committed already. Harmless when they have no effect. */
  readonly duplicatedDeliveries: number
  /** Further commits that changed the state again. */
  readonly duplicateEffects: number
  /** Committed, dead-lettered or owed, and never attempted. */
  readonly unexpected: number
  /** First commits that changed the state after a later event of the same DID had. */
  readonly reordered: number
  /** Committed without effect since a newer revision was there first. Not lost. */
  readonly superseded: number
  /** Attempted, not committed, and kept in the dead-letter stream with a reason. */
  readonly deadLettered: number
  /** Attempted, and refused by the ingester with its frame, which it counted. */
  readonly rejected: number
  readonly journal: JournalState
  /** A few events of each class that somebody will ask about. */
  readonly examples: Readonly<Record<ExampleClass, readonly string[]>>
}

/** How far the journal itself can be believed. */
export interface JournalState {
  /** Whether the relay wrote that it emitted everything. */
  readonly finished: boolean
  /** How many events to be kept it says it emitted; `null` until it has finished. */
  readonly promised: number | null
  /** Events that it says went out after their time; `null` when it does not say. */
  readonly late: number | null
  /** The highest sequence in it; 0 when it is empty. */
  readonly lastSeq: number
  /** The last line was cut off in the middle, as a killed writer leaves it. It is not counted. */
  readonly torn: boolean
  /** Lines before the last that could not be read. */
  readonly broken: number
  /** Events that are in it more than once, which makes counting them pointless. */
  readonly repeated: number
}

export const EXAMPLE_CLASSES = [
  'lost',
  'indeterminate',
  'waiting',
  'duplicatedDeliveries',
  'duplicateEffects',
  'unexpected',
  'reordered',
  'superseded',
  'deadLettered',
] as const

export type ExampleClass = (typeof EXAMPLE_CLASSES)[number]
