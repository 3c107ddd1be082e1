import type { ConsumerState } from '#kernel/streams/read-consumers.ts'
import type { GroupState } from '#kernel/streams/read-groups.ts'
import type { PendingEntry } from '#kernel/streams/read-oldest-pending.ts'
import type { StreamState } from '#kernel/streams/read-stream.ts'

export interface GroupEvidence {
  readonly stream: string
  readonly state: StreamState
  readonly group: GroupState
  readonly consumers: readonly ConsumerState[]
  /** The pending entries with the lowest IDs, `OLDEST_PENDING` of them at most. */
  readonly oldest: readonly PendingEntry[]
  /** The pending entry with the highest ID; `null` when nothing is pending. */
  readonly highestPendingId: string | null
}
