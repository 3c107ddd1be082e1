import type { CountedLook } from './aof-per-count.ts'

/** What delivering the same entries to several groups cost, and what acknowledging them gave back. */
export interface GroupCost {
  readonly groups: number
  /** Entries that each group was handed and acknowledged. */
  readonly entries: number
  /** Deliveries that Redis handed out, all groups together. */
  readonly delivered: number
  /** Entries that Redis says were pending until they were acknowledged. */
  readonly acknowledged: number
  /** Looks by the number of entries pending, all groups together, as they were handed out. */
  readonly deliveries: readonly CountedLook[]
  /** Looks by the number that was acknowledged. */
  readonly acknowledgements: readonly CountedLook[]
  readonly tookMs: number
}
