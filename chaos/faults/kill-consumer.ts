import { type Duration, seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { dud, type Fault } from '../fault.ts'
import { countHeld } from './count-held.ts'
import { freeze, thaw } from './freeze.ts'
import { withRedis } from './with-redis.ts'

/**
 * Ends a consumer that holds entries it has not acknowledged: a kill between two batches would bite nothing.
 * It is frozen first and asked for what it holds; the proof counts again after its death, when it can
 * acknowledge no more.
 */
export function killConsumer(name: string, patience: Duration = seconds(5)): Fault {
  return {
    name: `kill-consumer:${name}`,
    against(target) {
      const consumer = target.consumers.get(name)
      return {
        inject: (signal) =>
          withRedis(target.redisUrl, async (redis) => {
            const pid = consumer?.pid
            if (!consumer || !pid) return dud(`there is no running consumer ${name} of ours`)
            const caught = async () => {
              if ((await countHeld(redis, target, name)) === 0) return false
              freeze(pid)
              if ((await countHeld(redis, target, name)) > 0) return true
              thaw(pid)
              return false
            }
            const wait = { within: patience, every: 2, what: `batch of ${name}`, signal }
            const held = await until(caught, wait).catch(() => signal.throwIfAborted() ?? false)
            if (!held) return dud(`${name} was never seen holding an unacknowledged entry`)
            await consumer.kill('SIGKILL')
            const left = await countHeld(redis, target, name)
            return {
              bit: left > 0 && consumer.pid === null,
              detail: `SIGKILL ended pid ${pid}, which held ${left} unacknowledged entries`,
            }
          }),
        async lift() {
          if (consumer?.pid) thaw(consumer.pid)
          await consumer?.start()
        },
      }
    },
  }
}
