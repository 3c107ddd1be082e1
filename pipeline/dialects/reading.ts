import type { Unreadable } from '#pipeline/consume/parse-event.ts'
import type { StreamEvent } from '#pipeline/contract.ts'

/** What an entry turned out to hold. */
export interface Reading {
  /** All of one DID, in the order in which they are to take effect. */
  readonly events: readonly StreamEvent[]
  /** Why the entry, or part of it, is no event; `null` when all of it was read. */
  readonly unreadable: Unreadable | null
}

/** The reading of an entry that holds one event or none. */
export function readingOf(event: StreamEvent | Unreadable): Reading {
  return 'reason' in event ? { events: [], unreadable: event } : { events: [event], unreadable: null }
}
