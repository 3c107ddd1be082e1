import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'

/** How large a Redis is at a moment, in bytes. */
export interface Size {
  /** What counts against maxmemory: used_memory less the buffers that Redis itself leaves out. */
  readonly usedBytes: number
  /** 0 when there is none. */
  readonly maxmemoryBytes: number
  /** `null` when there is no append-only file. */
  readonly aofBytes: number | null
  /** Whether Redis is writing that file anew, which shrinks it. */
  readonly rewriting: boolean
}

/** One round trip, O(1). */
export async function readSize(redis: Redis): Promise<Size> {
  const info = parseInfo(await redis.info())
  const aof = info.get('aof_current_size')
  return {
    usedBytes: Number(info.get('used_memory')) - Number(info.get('mem_not_counted_for_evict') ?? 0),
    maxmemoryBytes: Number(info.get('maxmemory')),
    aofBytes: aof === undefined ? null : Number(aof),
    rewriting: info.get('aof_rewrite_in_progress') === '1',
  }
}
