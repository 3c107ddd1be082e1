import type { Redis } from 'ioredis'
import { DependencyError, StandpipeError } from '#kernel/errors.ts'
import { connectRedis } from './connect-redis.ts'
import { isReplyError } from './is-reply-error.ts'

/** What ioredis says when the connection breaks, or was broken before, or stays silent. */
const LOST = /connection is closed|command timed out|stream isn't writeable|max retries|ECONN|EPIPE/i

/**
 * A connection for one piece of work. Whatever Redis does to it becomes an operator's sentence: when the
 * connection is lost or Redis refuses, it throws `DependencyError` with `advice`, which says what that means.
 */
export async function borrowRedis<T>(
  url: string,
  { name, advice }: { readonly name: string; readonly advice: string },
  work: (redis: Redis) => Promise<T>,
): Promise<T> {
  const redis = await connectRedis(url, { name })
  try {
    return await work(redis)
  } catch (error) {
    const { message } = error as Error
    const isLost = LOST.test(message)
    if (error instanceof StandpipeError || !(isReplyError(error) || isLost)) throw error
    const says = isLost ? 'the connection broke, or nothing answered' : message.replace(/\.$/, '')
    throw new DependencyError(`Redis did not finish: ${says}; ${advice}`, { cause: error })
  } finally {
    redis.disconnect()
  }
}
