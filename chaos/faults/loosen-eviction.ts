import { parseInfo } from '#kernel/redis/parse-info.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import { dud, type Fault } from '../fault.ts'
import { undoing } from './undoing.ts'
import { withRedis } from './with-redis.ts'

/** A policy that may delete any key when memory is full. */
const POLICY = 'allkeys-lru'

/** Sets a policy under which Redis may delete the stream. Only where memory is far from full, so that it does not. */
export const loosenEviction: Fault = {
  name: 'loosen-eviction',
  against(target) {
    const { redisUrl } = target
    const { promise, lift } = undoing(target)
    return {
      lift,
      inject: (signal) =>
        withRedis(redisUrl, async (redis) => {
          const memory = parseInfo(await redis.info('memory'))
          const before = memory.get('maxmemory_policy') ?? 'noeviction'
          const [used, most] = [Number(memory.get('used_memory')), Number(memory.get('maxmemory'))]
          if (most > 0 && used > most / 2) return dud(`${used} of ${most} bytes are used: Redis might evict`)
          await promise(redis, {
            what: `maxmemory-policy of ${redactUrl(redisUrl)}`,
            outlivesRestart: false,
            command: ['CONFIG', 'SET', 'maxmemory-policy', before],
          })
          signal.throwIfAborted()
          await redis.config('SET', 'maxmemory-policy', POLICY)
          const now = parseInfo(await redis.info('memory')).get('maxmemory_policy')
          return { bit: now === POLICY, detail: `maxmemory-policy is ${now}, with ${used} bytes used` }
        }),
    }
  },
}
