import type { Effect } from './effect.ts'
import type { EventName } from './event-name.ts'
import type { Journal } from './journal.ts'
import type { Pages } from './pages.ts'

/** Sequences that were on their way when a fault struck: beyond `after`, up to and including `upTo`. */
export interface InDoubt {
  readonly after: number
  readonly upTo: number
}

/** All that a ledger is made from. What is left out was not looked at. */
export interface LedgerEvidence {
  readonly journal: Journal
  /** The sink's own account of what it committed, in the order of the commits. */
  readonly effects: Pages<Effect>
  /** What lies in the dead-letter stream. */
  readonly deadLetters?: Pages<EventName>
  /** What lies in the stream and the group still owes the sink: not yet delivered, or pending. */
  readonly owed?: Pages<EventName>
  /** Sequences of the frames that the ingester refused and counted. */
  readonly rejected?: Iterable<number>
  /** The stored cursor: every event up to it was acknowledged. `null` or absent: nobody read it. */
  readonly acknowledgedUpTo?: number | null
  readonly inDoubt?: readonly InDoubt[]
  /** How many examples of each class to keep. */
  readonly examples?: number
}
