import type { Redis } from 'ioredis'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { requireMayBreak } from '#kernel/redis/guard.ts'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import { MARKER_KEY } from '#pipeline/contract.ts'
import type { TargetOptions } from './target-options.ts'

/** The Redis that a load goes to. Disposing of it stops it if it is ours. */
export interface Target extends AsyncDisposable {
  readonly redisUrl: string
  /** The server that we started; `null` when it is the operator's. */
  readonly owned: PrivateRedis | null
  /** For the report, secrets removed. */
  readonly description: string
}

const ASKED = { name: 'standpipe-load', advice: 'nothing was loaded' }

/**
 * Starts a Redis of our own, or takes the operator's once it has been shown to be meant. Throws `UsageError`, which
 * says how to allow it, when it carries no marker or another run id was confirmed.
 */
export async function openTarget(options: TargetOptions): Promise<Target> {
  const { 'redis-url': redisUrl, confirm: confirmed } = options
  if (redisUrl !== undefined) {
    const version = await borrowRedis(redisUrl, ASKED, async (redis) => {
      await requireMayBreak(redis, { markerKey: MARKER_KEY, confirmed })
      return readVersion(redis)
    })
    const description = `${version} at ${redactUrl(redisUrl)}`
    return { redisUrl, owned: null, description, async [Symbol.asyncDispose]() {} }
  }
  const owned = await startPrivateRedis({ listen: 'loopback' })
  const description = `${await borrowRedis(owned.url, ASKED, readVersion)}, private, AOF everysec, noeviction`
  return {
    redisUrl: owned.url,
    owned,
    description,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

async function readVersion(redis: Redis): Promise<string> {
  return parseInfo(await redis.info('server')).get('redis_version') ?? 'unknown version'
}
