import type { Redis } from 'ioredis'
import type { Duration } from '#kernel/time/duration.ts'
import { type Delivered, toDelivered } from '#pipeline/consume/delivered.ts'
import type { Membership } from '#pipeline/consume/membership.ts'

/** One page of a walk over the group's pending list. */
export interface Claimed {
  readonly entries: readonly Delivered[]
  /** Pending entries that were trimmed or deleted; Redis has struck them off the list. Each is a loss. */
  readonly lostIds: readonly string[]
  /** Where the next page begins; `0-0` when this was the last. */
  readonly next: string
}

/** Redis looks at ten times as many pending entries per call; more would keep it from serving others. */
const COUNT = 100

/** Claims entries that nobody has shown a sign of life for. They are ours now, to be worked on. */
export async function claimIdle(
  redis: Redis,
  { stream, group, consumer }: Membership,
  minIdle: Duration,
  from: string,
): Promise<Claimed> {
  const [next, entries, lostIds] = (await redis.xautoclaim(
    stream,
    group,
    consumer,
    minIdle,
    from,
    'COUNT',
    COUNT,
  )) as [string, unknown, string[] | undefined]
  return { next, entries: toDelivered(entries), lostIds: lostIds ?? [] }
}
