import { parseInfo } from '#kernel/redis/parse-info.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import { dud, type Fault } from '../fault.ts'
import { undoing } from './undoing.ts'
import { withRedis } from './with-redis.ts'

/** Enough for the stream of a drill to grow for minutes in what is left. */
const FILLER_BYTES = 48 << 20

/** How much more than is used the limit allows. */
const ROOM = 1.8

/**
 * Fills more than half of Redis, and sets a limit that lies minutes of flow away: the way to a full memory, seen
 * from far. Only where nothing would be evicted on the way.
 */
export const crowdMemory: Fault = {
  name: 'crowd-memory',
  against(target) {
    const { redisUrl, stream } = target
    const filler = `${stream}:drill:filler`
    const { promise, lift } = undoing(target)
    return {
      lift,
      inject: (signal) =>
        withRedis(redisUrl, async (redis) => {
          const memory = parseInfo(await redis.info('memory'))
          const policy = memory.get('maxmemory_policy')
          if (policy !== 'noeviction') return dud(`with ${policy}, Redis would evict the stream in the end`)
          await promise(redis, {
            what: `the filler ${filler}`,
            outlivesRestart: true,
            command: ['DEL', filler],
          })
          await promise(redis, {
            what: `maxmemory of ${redactUrl(redisUrl)}`,
            outlivesRestart: false,
            command: ['CONFIG', 'SET', 'maxmemory', memory.get('maxmemory') ?? '0'],
          })
          signal.throwIfAborted()
          await redis.setrange(filler, FILLER_BYTES, 'x')
          const used = Number(parseInfo(await redis.info('memory')).get('used_memory'))
          const limit = Math.floor(used * ROOM)
          await redis.config('SET', 'maxmemory', limit)
          return { bit: used > limit / 2, detail: `${used} of ${limit} bytes are used` }
        }),
    }
  },
}
