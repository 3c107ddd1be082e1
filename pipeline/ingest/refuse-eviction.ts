import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { parseInfo } from '#kernel/redis/parse-info.ts'

/**
 * Throws `UsageError` when this Redis may evict a key that has no expiry, as the stream has none: one eviction
 * would delete all of it. `null` when the server does not say its policy, else the policy.
 */
export async function refuseEviction(redis: Redis, stream: string): Promise<string | null> {
  const policy = parseInfo(await redis.info('memory')).get('maxmemory_policy') ?? null
  if (policy?.startsWith('allkeys-')) {
    throw new UsageError(
      `maxmemory-policy is "${policy}": one eviction would delete the whole stream "${stream}"; ` +
        'run redis-cli config set maxmemory-policy noeviction, and write it into redis.conf',
    )
  }
  return policy
}
