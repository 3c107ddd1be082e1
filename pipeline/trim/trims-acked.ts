import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { isAckedMended } from './is-acked-mended.ts'

/**
 * Whether XTRIM can be asked to look itself that every group has acknowledged what goes. The version says where it
 * works, and the server whether it is there: forks answer with the versions of what they stem from. What cannot be
 * told is a no, for the horizon alone suffices.
 */
export async function trimsAcked(redis: Redis, stream: string): Promise<boolean> {
  const version = await readVersion(redis).catch(() => null)
  return isAckedMended(version) && understandsAcked(redis, stream)
}

async function readVersion(redis: Redis): Promise<string | null> {
  return parseInfo(await redis.info('server')).get('redis_version') ?? null
}

/** Asks with an XTRIM that removes nothing: no entry lies below `0-0`. */
export async function understandsAcked(redis: Redis, stream: string): Promise<boolean> {
  return redis.call('XTRIM', stream, 'MINID', '=', '0-0', 'ACKED').then(
    () => true,
    () => false,
  )
}
