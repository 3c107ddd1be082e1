import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import type { Fragmentation } from './pressure-run.ts'

export async function readFragmentation(redis: Redis): Promise<Fragmentation> {
  const memory = parseInfo(await redis.info('memory'))
  return {
    ratio: Number(memory.get('mem_fragmentation_ratio')),
    allocatorRatio: Number(memory.get('allocator_frag_ratio')),
  }
}
