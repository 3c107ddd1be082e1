import { readStream } from '#kernel/streams/read-stream.ts'
import { dud, type Fault } from '../fault.ts'
import { asideKey, putBack } from './put-back.ts'
import { undoing } from './undoing.ts'
import { withRedis } from './with-redis.ts'

/** Renames the stream: it is gone with all its groups, as after DEL, and the lift brings back every byte of it. */
export const moveStreamAway: Fault = {
  name: 'move-stream-away',
  against(target) {
    const { redisUrl, stream } = target
    const { promise, lift } = undoing(target)
    return {
      lift,
      inject: (signal) =>
        withRedis(redisUrl, async (redis) => {
          const before = await readStream(redis, stream)
          if (before === null) return dud(`there is no stream ${stream}`)
          await promise(redis, {
            what: `the stream ${stream}`,
            outlivesRestart: true,
            command: putBack(stream),
          })
          signal.throwIfAborted()
          await redis.rename(stream, asideKey(stream))
          const { groups = 0 } = (await readStream(redis, stream)) ?? {}
          return {
            bit: groups === 0,
            detail: `${stream} with ${before.length} entries and ${before.groups} groups has another name`,
          }
        }),
    }
  },
}
