import type { Service } from './service.ts'
import type { StackRedis } from './stack-redis.ts'

export interface StackOptions {
  /** Stream events per second that the relay emits by the clock; 0 is as fast as the ingester takes them. */
  readonly rate: number
  /** Stream events after which the relay stops emitting; it keeps serving replays. */
  readonly events: number
  readonly seed?: number
  /** Accounts in the synthetic network. */
  readonly accounts?: number
  /** A Redis that somebody else started and lets us load; one of our own when unset. */
  readonly redis?: StackRedis
  /** Stream key; that of the live firehose when unset. */
  readonly stream?: string
  /** Redis configuration on top of a buffer's, by redis.conf name. */
  readonly redisConfig?: Readonly<Record<string, string>>
  /** Consumers of the group, each a process. More than one needs a `database` that is a PostgreSQL server. */
  readonly consumers?: readonly string[]
  /** postgres://…; by default an embedded database in the folder of the stack. */
  readonly database?: string
  /** Whether the indexer trims what every group has acknowledged; its own default when unset. */
  readonly trim?: boolean
  /** More flags for `standpipe ingest`. */
  readonly ingestFlags?: readonly string[]
  /** More flags for `standpipe index`. */
  readonly indexFlags?: readonly string[]
  readonly signal?: AbortSignal
}

/**
 * The whole path on this machine, each part a process of ours: synthetic relay → ingester → Redis →
 * indexers → PostgreSQL. Disposing of it leaves no process, port or folder behind.
 */
export interface Stack extends AsyncDisposable {
  readonly options: StackOptions
  /** Holds the journal and the embedded database; removed on disposal. */
  readonly folder: string
  readonly redis: StackRedis
  readonly relay: Service
  readonly ingester: Service
  /** By consumer name. */
  readonly indexers: ReadonlyMap<string, Service>
  readonly relayUrl: string
  readonly databaseUrl: string
  /** What the relay attempted, one line per event, written before the event was sent. */
  readonly journalPath: string
  readonly stream: string
  readonly group: string
  /** `host:port` of every `/metrics`, by the name of the process. */
  readonly metrics: ReadonlyMap<string, string>
}
