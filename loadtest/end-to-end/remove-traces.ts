import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { companionKeys, cursorKey, LIVE_GROUP } from '#pipeline/contract.ts'

/**
 * Removes every key that a pipeline on `stream` may have left in somebody's Redis; `relayUrl` is `null` when it
 * ended before its ingester began. The pipeline must have stopped.
 */
export async function removeTraces(redisUrl: string, stream: string, relayUrl: string | null): Promise<void> {
  const cursors = relayUrl === null ? [] : [cursorKey(stream, relayUrl)]
  const redis = await connectRedis(redisUrl, { name: 'standpipe-load' })
  try {
    await redis.unlink(stream, ...companionKeys(stream, LIVE_GROUP), ...cursors)
  } finally {
    redis.disconnect()
  }
}
