import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { dud, type Fault } from '../fault.ts'
import { undoing } from './undoing.ts'
import { withRedis } from './with-redis.ts'

/**
 * Lowers maxmemory below what is used, so that every append is refused, while reading, acknowledging and
 * trimming go on. Only where nothing would be evicted instead.
 */
export const fillMemory: Fault = {
  name: 'fill-memory',
  against(target) {
    const { redisUrl } = target
    const { promise, lift } = undoing(target)
    return {
      lift,
      inject: (signal) =>
        withRedis(redisUrl, async (redis) => {
          const memory = parseInfo(await redis.info('memory'))
          const policy = memory.get('maxmemory_policy')
          if (policy !== 'noeviction') return dud(`with ${policy}, Redis would evict the stream instead`)
          await promise(redis, {
            what: `maxmemory of ${redactUrl(redisUrl)}`,
            outlivesRestart: false,
            command: ['CONFIG', 'SET', 'maxmemory', memory.get('maxmemory') ?? '0'],
          })
          signal.throwIfAborted()
          const refused = await countRefused(redis)
          const limit = Math.max(1, Math.floor(Number(memory.get('used_memory')) / 2))
          await redis.config('SET', 'maxmemory', limit)
          return proveRefusal(redis, refused, limit, signal)
        }),
    }
  },
}

async function proveRefusal(redis: Redis, before: number, limit: number, signal: AbortSignal) {
  const grown = async () => (await countRefused(redis)) - before || null
  const refused = await until(grown, { within: seconds(5), what: 'refused write', signal }).catch(() => {
    signal.throwIfAborted()
    return 0
  })
  return {
    bit: refused > 0,
    detail: `maxmemory is ${limit} bytes; Redis answered OOM to ${refused} calls of somebody else`,
  }
}

async function countRefused(redis: Redis): Promise<number> {
  const line = parseInfo(await redis.info('errorstats')).get('errorstat_OOM') ?? 'count=0'
  return Number(/count=(\d+)/.exec(line)?.[1] ?? 0)
}
