import type { Log } from '#kernel/log/log.ts'
import type { Backoff } from '#kernel/time/backoff.ts'
import { type Clock, systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import type { EntryNumbering } from './append/append-lines.ts'
import { KEPT_FRAMES } from './delivery/keep-rejected.ts'
import type { OnFutureCursor } from './gaps/future-cursor.ts'
import type { Patience } from './relay/liveness.ts'
import type { VerifyLevel } from './verify/verify-level.ts'

export interface IngesterOptions {
  /** One relay, or several, comma-separated. */
  readonly relay: string
  /** Whether several relays take over from each other, or are all heard at once; absent is `failover`. */
  readonly relayMode?: 'failover' | 'merge'
  /** Newest events that are recognised when another relay brings them; absent is 150,000. */
  readonly mergeMemory?: number
  /** Who reads what a relay sends: we, or the reference client; absent is `relay`. */
  readonly source?: 'relay' | 'atproto-sync'
  /** Hosts whose labels are heard instead of a relay, comma-separated; all of them at once. */
  readonly labels?: string | undefined
  readonly redisUrl: string
  readonly stream: string
  /** How entries are written; absent is `divy`. */
  readonly dialect?: Dialect
  /** Where the system that we stand in for has its cursor; absent is what the dialect says. */
  readonly cursorKey?: string | undefined
  /** Entries beyond which the oldest are removed, read or not; absent removes none. */
  readonly lossyMaxLength?: number | undefined
  /** Where to begin when no cursor is stored. */
  readonly start: 'live' | 'oldest'
  /** Absent is `wait`. */
  readonly onFutureCursor?: OnFutureCursor
  /** What commits are held against; absent is `cid`. */
  readonly verify?: VerifyLevel
  /** Where to ask for documents of did:plc; needed from `signature` on. */
  readonly plcUrl?: string
  readonly allowPrivateHosts?: boolean
  readonly collections: readonly string[]
  /** Entries in the stream at which the append refuses. */
  readonly highWater: number
  /** Percent of the maxmemory of Redis that the append leaves to everybody else; absent is 5. */
  readonly memoryReserve?: number
  /** Absent is `time`. */
  readonly entryId?: EntryNumbering
  readonly batchEntries: number
  /** Bytes of events read and not yet stored at which the socket rests. */
  readonly inFlightBytes: number
  /** Bytes of a message, and of a record, beyond which it is not read; absent is what the protocol allows. */
  readonly frameBytes?: number
  readonly recordBytes?: number
  readonly log: Log
  readonly tuning?: Partial<Tuning>
}

/** What only tests and drills have a reason to change; milliseconds and frames. */
export interface Tuning {
  readonly patience: Patience
  /** Between connections to the relay. */
  readonly reconnect: Backoff
  /** Between tries of a refused append. */
  readonly retry: Backoff
  /** How long stopping may take to store what is queued; the rest is asked of the relay next time. */
  readonly drainWithin: number
  /** Rejected frames that are kept. */
  readonly keptFrames: number
  /** By which an append waits for company, and for its next try. */
  readonly clock: Clock
}

export const TUNING: Tuning = {
  patience: { ping: seconds(15), idle: seconds(120) },
  reconnect: { base: seconds(1), cap: seconds(30) },
  retry: { base: 20, cap: seconds(1) },
  drainWithin: seconds(10),
  keptFrames: KEPT_FRAMES,
  clock: systemClock,
}
