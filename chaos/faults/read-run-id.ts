import { parseInfo } from '#kernel/redis/parse-info.ts'
import { withRedis } from './with-redis.ts'

/** The identity of one start of a Redis server; `null` when it does not say. */
export async function readRunId(url: string): Promise<string | null> {
  return withRedis(url, async (redis) => parseInfo(await redis.info('server')).get('run_id') ?? null)
}
