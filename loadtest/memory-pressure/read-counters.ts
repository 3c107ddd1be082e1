import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'

/** What a server has refused and thrown away since it started. */
export interface Counters {
  /** Calls refused for want of memory. */
  readonly refused: number
  readonly evicted: number
}

export async function readCounters(redis: Redis): Promise<Counters> {
  const errors = parseInfo(await redis.info('errorstats')).get('errorstat_OOM') ?? 'count=0'
  const stats = parseInfo(await redis.info('stats'))
  return { refused: Number(/count=(\d+)/.exec(errors)?.[1] ?? 0), evicted: Number(stats.get('evicted_keys')) }
}
