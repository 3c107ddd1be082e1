import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'

/** Waits until Redis has given back what was unlinked: it does so in the background, and a million entries take it a while. */
export async function untilFreed(redis: Redis, signal: AbortSignal): Promise<void> {
  const freed = async () =>
    parseInfo(await redis.info('memory')).get('lazyfree_pending_objects') === '0' || null
  await until(freed, {
    within: seconds(60),
    what: 'return of the memory of unlinked keys',
    every: 50,
    signal,
  })
}
