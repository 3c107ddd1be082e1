import { dud, type Fault } from '../fault.ts'
import { readRunId } from './read-run-id.ts'
import { untilGrowing } from './until-growing.ts'

/** Ends Redis without letting it write a last word, in the middle of the flow. */
export const killRedis: Fault = {
  name: 'kill-redis',
  against({ redis, redisUrl, stream }) {
    let before: string | null = null
    return {
      async inject(signal) {
        if (!redis?.pid) return dud('there is no running Redis of ours')
        const { pid } = redis
        before = await readRunId(redisUrl)
        const growth = await untilGrowing(redisUrl, stream, signal)
        if (growth === null) return dud(`${stream} was not growing, so no append could be hit`)
        await redis.kill('SIGKILL')
        return {
          bit: redis.pid === null,
          detail: `SIGKILL ended pid ${pid} while ${stream} grew by ${growth} entries`,
        }
      },
      async lift() {
        await redis?.start()
      },
      async confirm() {
        if (before === null) return dud('its run id before the kill is not known')
        const after = await readRunId(redisUrl)
        const detail = `run id ${before.slice(0, 8)} before, ${after?.slice(0, 8)} after the restart`
        return { bit: after !== null && after !== before, detail }
      },
    }
  },
}
