import type { Redis } from 'ioredis'
import { trimAndCount } from '#pipeline/accounting/trim-and-count.ts'
import type { TrimHorizon } from './trim-horizon.ts'

/** Most entries that one call removes, so that no call keeps Redis busy for long. */
const PER_CALL = 10_000

/** Calls before the rest is left to the next round. */
const MOST_CALLS = 100

/**
 * Removes entries below the horizon, whole nodes at a time, counts them in the books and says how many. A few at the edge stay until
 * their node can go. An exact trim would cost more and win nothing.
 */
export async function trimStream(
  redis: Redis,
  stream: string,
  { keepFrom }: TrimHorizon,
  signal?: AbortSignal,
): Promise<number> {
  let removed = 0
  for (let call = 0; call < MOST_CALLS && !signal?.aborted; call += 1) {
    const gone = await trimAndCount(redis, stream, { keepFrom, limit: PER_CALL })
    removed += gone
    if (gone === 0) break
  }
  return removed
}
