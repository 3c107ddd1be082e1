import { formatMeasure } from '#kernel/format/format-measure.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { parseInfo } from '#kernel/redis/parse-info.ts'

/** What a sample may take at the most, entries and buffers together, in bytes. */
const NEEDED_BYTES = 400 * 1_024 * 1_024

/** Why a load would not fit into somebody's Redis beside what is there; `null` when it does. */
export async function whyNoRoom(redisUrl: string): Promise<string | null> {
  const redis = await connectRedis(redisUrl, { name: 'standpipe-preflight' })
  try {
    const memory = parseInfo(await redis.info('memory'))
    const maxmemory = Number(memory.get('maxmemory'))
    const free = maxmemory - Number(memory.get('used_memory'))
    if (maxmemory === 0 || free >= NEEDED_BYTES) return null
    return `it has ${formatMeasure(free, 'bytes')} of maxmemory left, and a sample may take ${formatMeasure(NEEDED_BYTES, 'bytes')}`
  } finally {
    redis.disconnect()
  }
}
