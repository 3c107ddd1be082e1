import type { Redis } from 'ioredis'
import type { Duration } from '#kernel/time/duration.ts'
import type { FetchPage } from '#pipeline/backfill/list-repos/fetch-page.ts'

export interface RepairOptions {
  readonly redis: Redis
  /** The stream whose gaps are repaired. */
  readonly stream: string
  /** The stream of all repos; those of a repair go into `repairStream` of it. */
  readonly repoStream: string
  /** Origin of the relay that lists; its gaps are repaired, and no others. */
  readonly host: string
  /** Entries in the repair stream at which pages wait. */
  readonly highWater: number
  /** How long before a gap a repo may have changed and still be fetched again. */
  readonly margin: Duration
  readonly fetchPage: FetchPage
}
