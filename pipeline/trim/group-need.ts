/** What one group still needs of its stream. */
export interface GroupNeed {
  readonly name: string
  /** The last entry that was handed to any consumer of the group; everything beyond it is unread. */
  readonly lastDeliveredId: string
  /** The oldest entry delivered and not acknowledged; `null` when nothing is pending. */
  readonly oldestPendingId: string | null
}
