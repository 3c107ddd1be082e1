import { readGroups } from '#kernel/streams/read-groups.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { dud, type Fault } from '../fault.ts'
import { asideKey, putBack } from './put-back.ts'
import { undoing } from './undoing.ts'
import { withRedis } from './with-redis.ts'

/**
 * Cuts entries that the group has not read, as XADD MAXLEN does. A copy of the stream is kept, and the lift puts it
 * back: only where nobody appends meanwhile is nothing lost by that.
 */
export const trimUnread: Fault = {
  name: 'trim-unread',
  against(target) {
    const { redisUrl, stream, group } = target
    const { promise, lift } = undoing(target)
    return {
      lift,
      inject: (signal) =>
        withRedis(redisUrl, async (redis) => {
          const lag = async () => (await readGroups(redis, stream)).find(({ name }) => name === group)?.lag
          const wait = { within: seconds(5), every: 10, what: 'unread entries', signal }
          const unread = await until(lag, wait).catch(() => signal.throwIfAborted() ?? null)
          if (!unread) return dud(`${group} has read everything in ${stream}`)
          const command = putBack(stream)
          await promise(redis, { what: `the entries of ${stream}`, outlivesRestart: true, command })
          signal.throwIfAborted()
          await redis.copy(stream, asideKey(stream), 'REPLACE')
          const removed = await redis.xtrim(stream, 'MAXLEN', 0)
          return { bit: removed > 0, detail: `${removed} entries were cut, ${unread} of them unread` }
        }),
    }
  },
}
