import { dud, type Fault } from '../fault.ts'
import { untilGrowing } from './until-growing.ts'

/** Ends the ingester with frames in its hands that are not appended yet. */
export const killIngester: Fault = {
  name: 'kill-ingester',
  against({ ingester, redisUrl, stream }) {
    return {
      async inject(signal) {
        if (!ingester?.pid) return dud('there is no running ingester of ours')
        const { pid } = ingester
        const growth = await untilGrowing(redisUrl, stream, signal)
        if (growth === null) return dud(`${stream} was not growing, so no append could be hit`)
        await ingester.kill('SIGKILL')
        return {
          bit: ingester.pid === null,
          detail: `SIGKILL ended pid ${pid} while ${stream} grew by ${growth} entries`,
        }
      },
      async lift() {
        await ingester?.start()
      },
    }
  },
}
