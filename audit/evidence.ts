import type { ConsumerState } from '#kernel/streams/read-consumers.ts'
import type { GroupState } from '#kernel/streams/read-groups.ts'
import type { PendingEntry } from '#kernel/streams/read-oldest-pending.ts'
import type { StreamState } from '#kernel/streams/read-stream.ts'
import type { Fields } from './fields.ts'
import type { Quote } from './quote.ts'

/** Everything that checks are judged by, by name. Each is gathered by the file of its name in `gather/`. */
export interface Evidence {
  /** The fields of `INFO everything`. */
  readonly server: Fields
  /** The running configuration, by redis.conf name; from INFO where CONFIG is refused and INFO has the value. */
  readonly settings: Fields
  /** The memory that the server can have at most. */
  readonly memory: MemoryEvidence
  /** The kernel that the server runs on; only when that is proven to be this host's. */
  readonly host: HostEvidence
  /** The disk that holds the append-only file; only when the server is proven to run on this host. */
  readonly disk: DiskEvidence
  /** The streams that were named, those that do not exist included. */
  readonly streams: readonly StreamEvidence[]
  /** Every group of those streams, with its consumers and its oldest pending entries. */
  readonly groups: readonly GroupEvidence[]
  /** The clock of the server. */
  readonly time: TimeEvidence
}

export type EvidenceName = keyof Evidence

/** Evidence, or why there is none. */
export type Gathered<Value> = { readonly value: Value } | { readonly missing: string }

export type GatheredEvidence = { readonly [Name in EvidenceName]?: Gathered<Evidence[Name]> }

export interface MemoryEvidence {
  /** The machine's memory, or the limit of the server's cgroup when that is lower and can be seen. */
  readonly limitBytes: number
  readonly quotes: readonly Quote[]
}

export interface HostEvidence {
  /** How we know that the server runs on this kernel. */
  readonly proof: string
  /** `always`, `madvise` or `never`. */
  readonly transparentHugePages: string
  /** Whether the kernel may give huge pages to the server's process; `null` when that cannot be seen. */
  readonly processTakesHugePages: boolean | null
  /** `vm.overcommit_memory`: 0 guesses, 1 always grants, 2 never grants more than there is. */
  readonly overcommitMemory: number
  readonly quotes: readonly Quote[]
}

export interface DiskEvidence {
  readonly folder: string
  readonly freeBytes: number
  readonly totalBytes: number
  /** `tmpfs`, `nfs` and the like where a name is known; `other` for disks. */
  readonly fileSystem: 'tmpfs' | 'nfs' | 'overlay' | 'other'
  readonly quotes: readonly Quote[]
}

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

export interface GroupEvidence {
  readonly stream: string
  readonly state: StreamState
  readonly group: GroupState
  readonly consumers: readonly ConsumerState[]
  /** The pending entries with the lowest IDs, `OLDEST_PENDING` of them at most. */
  readonly oldest: readonly PendingEntry[]
}

export interface TimeEvidence {
  /** Milliseconds since the Unix epoch by the server's clock. */
  readonly serverMs: number
  readonly quotes: readonly Quote[]
}
