import type { PrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { answers } from './answers.ts'

/**
 * Starts a server and returns the seconds until its first answer. A client would not do: while a server loads, it
 * waits as long as the server says that it needs, and that is whole seconds.
 */
export async function startTimed(server: PrivateRedis): Promise<number> {
  const startedAt = performance.now()
  const over = new AbortController()
  const how = {
    within: seconds(600),
    what: 'answer from our own redis-server',
    every: 5,
    signal: over.signal,
  }
  const answered = until(() => answers(server.url), how).then(() => performance.now())
  answered.catch(() => {})
  try {
    await server.start()
    return ((await answered) - startedAt) / 1_000
  } finally {
    over.abort()
  }
}
