import type { ClusterNode } from '#kernel/redis/parse-cluster-nodes.ts'
import type { AccessEvidence } from './evidence/access-evidence.ts'
import type { ClientEvidence } from './evidence/client-evidence.ts'
import type { ClusterEvidence } from './evidence/cluster-evidence.ts'
import type { ConfigFileEvidence } from './evidence/config-file-evidence.ts'
import type { CursorEvidence } from './evidence/cursor-evidence.ts'
import type { DiskEvidence } from './evidence/disk-evidence.ts'
import type { GroupEvidence } from './evidence/group-evidence.ts'
import type { HostEvidence } from './evidence/host-evidence.ts'
import type { Look } from './evidence/look.ts'
import type { NewestEvidence } from './evidence/newest-evidence.ts'
import type { SentinelEvidence } from './evidence/sentinel-evidence.ts'
import type { StreamEvidence } from './evidence/stream-evidence.ts'
import type { Fields } from './fields.ts'
import type { Manifest } from './manifest/manifest.ts'
import type { Quote } from './quote.ts'

export type { DiskEvidence, GroupEvidence, HostEvidence, StreamEvidence }

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
  /** The configuration on the disk; `null` when the server was started without a file. */
  readonly 'config-file': ConfigFileEvidence | null
  /** What the operator declared in `standpipe.yaml`; `null` when nothing was. */
  readonly manifest: Manifest | null
  /** The clock of the server. */
  readonly time: TimeEvidence
  /** Every connection. */
  readonly clients: readonly ClientEvidence[]
  /** Who may do what. */
  readonly access: AccessEvidence
  readonly cluster: ClusterEvidence
  /** The nodes of its cluster; empty when it is in none. */
  readonly nodes: readonly ClusterNode[]
  /** What the Sentinel knows that led us here; `null` when none did. */
  readonly sentinel: SentinelEvidence | null
  /** The streams that were named, those that do not exist included. */
  readonly streams: readonly StreamEvidence[]
  /** Every group of those streams, with its consumers and its oldest pending entries. */
  readonly groups: readonly GroupEvidence[]
  /** The newest entries of those streams that exist. */
  readonly newest: readonly NewestEvidence[]
  /** The memory that each of those streams takes with its groups, where it exists. */
  readonly footprints: readonly FootprintEvidence[]
  /** The cursors that producers keep beside those streams. */
  readonly cursors: readonly CursorEvidence[]
  /** What was seen while we watched, oldest look first; empty unless we were told to watch. */
  readonly window: readonly Look[]
}

export type EvidenceName = keyof Evidence

/** Of one stream, why its part of some evidence is not there. */
export interface Unreadable {
  readonly stream: string
  readonly reason: string
}

/** Evidence, complete or but for some streams, or why there is none. */
export type Gathered<Value> =
  | { readonly value: Value; readonly without?: readonly Unreadable[] }
  | { readonly missing: string }

export type GatheredEvidence = { readonly [Name in EvidenceName]?: Gathered<Evidence[Name]> }

export interface MemoryEvidence {
  /** The machine's memory, or the limit of the server's cgroup when that is lower and can be seen. */
  readonly limitBytes: number
  readonly quotes: readonly Quote[]
}

export interface TimeEvidence {
  /** Milliseconds since the Unix epoch by the server's clock. */
  readonly serverMs: number
  /** The same by ours, in the middle of the round trip. */
  readonly localMs: number
  /** How long the answer took: the offset between the clocks is not known better than half of this. */
  readonly roundTripMs: number
  readonly quotes: readonly Quote[]
}

export interface FootprintEvidence {
  readonly stream: string
  readonly bytes: number
}
