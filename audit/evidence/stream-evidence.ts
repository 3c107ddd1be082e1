import type { GroupState } from '#kernel/streams/read-groups.ts'
import type { StreamState } from '#kernel/streams/read-stream.ts'

export interface StreamEvidence {
  readonly stream: string
  /** `null` when there is no such key. */
  readonly state: StreamState | null
  /** Milliseconds until the key expires; `null` when it never does. */
  readonly expiresInMs: number | null
  readonly groups: readonly GroupState[]
  /** Entries in its dead-letter stream. */
  readonly deadLetters: number
}
