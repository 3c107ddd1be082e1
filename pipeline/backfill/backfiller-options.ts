import type { Log } from '#kernel/log/log.ts'
import type { Backoff } from '#kernel/time/backoff.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import { BLOCK_LIMITS } from './car/car-limits.ts'
import { PATIENCE, type Patience } from './fetch/read-body.ts'
import type { Verification } from './repo/verification.ts'

export interface BackfillerOptions {
  readonly redisUrl: string
  /** Where the repos to fetch are. */
  readonly repoStream: string
  readonly repoGroup: string
  /** Name of this consumer in its group. */
  readonly backfiller: string
  /** Where their events go. */
  readonly backfillStream: string
  /** How they are written: one entry per event; absent is `divy`. */
  readonly dialect?: Dialect
  /** Entries in the output at which everyone waits. */
  readonly highWater: number
  readonly batchEntries: number
  /** Patterns of the collections to keep. */
  readonly collections: readonly string[]
  readonly plcUrl: string
  readonly verifyRepos: Verification
  /** Repos fetched side by side, from all hosts together and from one. */
  readonly repoConcurrency: number
  readonly hostConcurrency: number
  /** Milliseconds between two requests to one host. */
  readonly hostSpacing: Duration
  readonly fetchAttempts: number
  /** Bytes: of the largest repo, and of all repos in memory. */
  readonly carBytes: number
  readonly carMemory: number
  /** Bytes beyond which a record is left out and counted; absent is what the protocol allows. */
  readonly recordBytes?: number
  readonly allowPrivateHosts: boolean
  /** Seconds without a sign of life of its holder after which a repo is claimed. */
  readonly claimIdle: number
  /** Whether to remove repos from their stream that every group has acknowledged. */
  readonly trim: boolean
  readonly log: Log
  readonly tuning?: Partial<BackfillTuning>
}

/** What only tests and drills have a reason to change. */
export interface BackfillTuning {
  readonly patience: Patience
  /** From a request to the last of the answer's headers. */
  readonly headersWithin: Duration
  /** Between two attempts at one repo. */
  readonly retry: Backoff
  /** Bytes of one block, and of one record. */
  readonly blocks: { readonly block: number; readonly record: number }
  /** How long stopping may take to finish the repos under way; the others stay pending. */
  readonly drainWithin: Duration
}

export const BACKFILL_TUNING: BackfillTuning = {
  patience: PATIENCE,
  headersWithin: seconds(30),
  retry: { base: seconds(1), cap: seconds(30) },
  blocks: BLOCK_LIMITS,
  drainWithin: seconds(10),
}
