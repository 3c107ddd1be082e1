import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import type { Target } from '../target.ts'
import type { Undo } from '../undo-journal.ts'
import { withRedis } from './with-redis.ts'

/** What a fault has changed in Redis, and how all of it is taken back. */
export interface Undoing {
  /** Safe on disk when it resolves: to be called before the change is made. */
  readonly promise: (
    redis: Redis,
    change: Pick<Undo, 'what' | 'outlivesRestart' | 'command'>,
  ) => Promise<void>
  /** Takes everything back, the newest first; harmless when called again, and goes on where it failed. */
  readonly lift: () => Promise<void>
}

export function undoing({ redisUrl, undo }: Pick<Target, 'redisUrl' | 'undo'>): Undoing {
  const restores: (() => Promise<void>)[] = []
  return {
    async promise(redis, change) {
      const runId = parseInfo(await redis.info('server')).get('run_id') ?? ''
      const kept = await undo.promise({ ...change, redis: redactUrl(redisUrl), runId })
      restores.push(async () => {
        const [name, ...args] = change.command
        await withRedis(redisUrl, (later) => later.call(name, ...args))
        await kept()
      })
    },
    async lift() {
      for (let restore = restores.at(-1); restore; restore = restores.at(-1)) {
        await restore()
        restores.pop()
      }
    },
  }
}
