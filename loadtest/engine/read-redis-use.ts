import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'

/** What a Redis server has used up to a moment. */
export interface RedisUse {
  /** `performance.now()` of the look. */
  readonly at: number
  /** CPU seconds of its main thread, or of the process where it does not tell them apart. */
  readonly cpuSeconds: number
  /** Configured maxmemory in bytes; 0 when there is none. */
  readonly maxmemoryBytes: number
}

/** `null` when Redis does not answer, or does not say. */
export async function readRedisUse(redis: Redis): Promise<RedisUse | null> {
  try {
    const info = parseInfo(await redis.info())
    const used = (name: string) => Number(info.get(`${name}_main_thread`) ?? info.get(name))
    const cpuSeconds = used('used_cpu_user') + used('used_cpu_sys')
    if (!Number.isFinite(cpuSeconds)) return null
    return { at: performance.now(), cpuSeconds, maxmemoryBytes: Number(info.get('maxmemory') ?? 0) }
  } catch {
    return null
  }
}

/** CPU time over the time between two looks; 1 is a whole core. `null` when one of them is missing. */
export function cpuShareBetween(before: RedisUse | null, after: RedisUse | null): number | null {
  if (before === null || after === null || after.at <= before.at) return null
  return (after.cpuSeconds - before.cpuSeconds) / ((after.at - before.at) / 1_000)
}
