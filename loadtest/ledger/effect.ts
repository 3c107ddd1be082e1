import type { EventName } from './event-name.ts'

/** One entry that the sink committed: a row of its `effect` table, in the order of the commits. */
export interface Effect extends EventName {
  readonly entryId: string
  /** Whether the entry changed the state; `false` when a newer revision was there already. */
  readonly applied: boolean
}
