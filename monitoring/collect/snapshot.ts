import type { GroupState } from '#kernel/streams/read-groups.ts'
import type { PendingEntry } from '#kernel/streams/read-oldest-pending.ts'
import type { StreamState } from '#kernel/streams/read-stream.ts'

/** What one scrape saw of a Redis. */
export interface Snapshot {
  /** INFO, all default sections. */
  readonly info: ReadonlyMap<string, string>
  readonly streams: readonly WatchedStream[]
}

export interface WatchedStream {
  readonly name: string
  /** As it was before its groups were read: what is read and trimmed meanwhile never looks lost. `null`: no such key. */
  readonly state: StreamState | null
  /** Read after the groups: an entry added and delivered meanwhile never looks like a cursor ahead. */
  readonly lastGeneratedId: string | null
  readonly groups: readonly WatchedGroup[]
}

export interface WatchedGroup extends GroupState {
  /** Milliseconds since the consumer that was served last; `null` without consumers. */
  readonly shortestIdleMs: number | null
  /** The pending entry with the lowest ID; `null` when nothing is pending. */
  readonly oldestPending: PendingEntry | null
}
