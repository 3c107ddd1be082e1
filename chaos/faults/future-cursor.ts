import type { Redis } from 'ioredis'
import { cursorKey } from '#pipeline/contract.ts'
import { dud, type Fault } from '../fault.ts'
import { undoing } from './undoing.ts'
import { withRedis } from './with-redis.ts'

/** Further than any relay gets during a drill. */
const AHEAD = 1_000_000_000

/** Has the ingester ask for what its relay has not come to yet, as after a relay was built anew. */
export const futureCursor: Fault = {
  name: 'future-cursor',
  against(target) {
    const { ingester, redisUrl, stream } = target
    const { promise, lift } = undoing(target)
    let isMoved = false
    return {
      inject: (signal) =>
        withRedis(redisUrl, async (redis) => {
          if (!ingester?.pid) return dud('there is no running ingester of ours')
          const key = await findCursor(redis, stream)
          if (key === null) return dud(`no cursor is stored for ${stream}`)
          signal.throwIfAborted()
          isMoved = true
          // From here on nobody else moves the cursor.
          await ingester.kill('SIGKILL')
          const before = (await redis.get(key)) ?? ''
          const command = ['SET', key, before] as const
          await promise(redis, { what: `the cursor ${key}`, outlivesRestart: true, command })
          await redis.set(key, String(Number(before) + AHEAD))
          await ingester.start()
          const now = await redis.get(key)
          return { bit: now !== before, detail: `the cursor is at ${now}, and was at ${before}` }
        }),
      async lift() {
        if (!isMoved) return
        await ingester?.kill('SIGKILL')
        await lift()
        await ingester?.start()
        isMoved = false
      },
    }
  },
}

/** The cursor of the only relay; looked for step by step. */
async function findCursor(redis: Redis, stream: string): Promise<string | null> {
  const match = cursorKey(stream, '*')
  for (let at = '0'; ; ) {
    const [next, keys] = await redis.scan(at, 'MATCH', match, 'COUNT', 1_000)
    if (keys[0] !== undefined) return keys[0]
    if (next === '0') return null
    at = next
  }
}
