import type { Redis } from 'ioredis'
import { trimAndCount } from '#pipeline/accounting/trim-and-count.ts'
import type { FlooredHorizon } from './keep-floor.ts'
import { trimsAcked } from './trims-acked.ts'

/** Most entries that one call removes, so that no call keeps Redis busy for long. */
const PER_CALL = 10_000

/** Calls before the rest is left to the next round. */
const MOST_CALLS = 100

/**
 * Removes entries below the horizon, whole nodes at a time, counts them in the books and says how many. A few at the edge stay until
 * their node can go. An exact trim would cost more and win nothing. A server that can be trusted with it looks once
 * more, in the same step, that every group has acknowledged what goes.
 */
export async function trimStream(
  redis: Redis,
  stream: string,
  { keepFrom, keepEntries }: Pick<FlooredHorizon, 'keepFrom' | 'keepEntries'>,
  signal?: AbortSignal,
): Promise<number> {
  const acked = await trimsAcked(redis, stream)
  let removed = 0
  for (let call = 0; call < MOST_CALLS && !signal?.aborted; call += 1) {
    const gone = await trimAndCount(redis, stream, { keepFrom, limit: PER_CALL, keepEntries, acked })
    removed += gone
    if (gone === 0) break
  }
  return removed
}
