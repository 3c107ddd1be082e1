import type { StreamEvent } from '#pipeline/contract.ts'
import type { LabelEvent } from './label-event.ts'

/** A stream entry that holds an event we understand. */
export interface EventEntry {
  readonly id: string
  readonly event: StreamEvent | LabelEvent
}

/** What a sink commits all or nothing. No entries is allowed: then only the position is stored. */
export interface SinkBatch {
  /** In the order in which they are to take effect. */
  readonly entries: readonly EventEntry[]
  /** Every entry of the group up to this ID needs no delivery any more; `null` leaves what is stored. */
  readonly position: string | null
}

/**
 * Where events become durable. Committing the same entries again, or older ones later, never changes what is
 * stored: that is what makes a second delivery harmless, and it is the sink's duty, not the consumer's.
 */
export interface Sink extends AsyncDisposable {
  /** Batches it can usefully commit side by side. */
  readonly lanes: number
  /** Resolves once the batch is durable; says of each entry, in order, whether it changed what is stored. */
  commit(batch: SinkBatch): Promise<readonly boolean[]>
  /** The last position committed; `null` when there is none. */
  position(): Promise<string | null>
  /** Whether a failed commit was the entries' fault, so that trying the same batch again is no use. */
  isRefusal(error: unknown): boolean
  /** Resolves when the sink can be reached. */
  ping(): Promise<void>
}
