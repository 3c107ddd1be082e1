import type { StreamEvent } from '#pipeline/contract.ts'
import type { LabelEvent } from '#pipeline/sinks/label-event.ts'
import type { Unreadable } from './parse-event.ts'

/** What an entry holds. Without events, it is poison: no retry can make it readable. */
export interface EntryContent {
  readonly id: string
  /** All of one subject, in the order in which they are to take effect. */
  readonly events: readonly (StreamEvent | LabelEvent)[]
  /** Why the entry, or part of it, is no event; `null` when all of it was read. */
  readonly unreadable: Unreadable | null
}
