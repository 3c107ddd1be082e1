import type { Redis } from 'ioredis'
import { test as base } from 'vitest'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'

/**
 * `test` with a private Redis: `server` is one per file on a unix socket, `redis` a client to it, and each
 * test starts on an empty keyspace.
 */
export const test = base.extend<{ server: PrivateRedis; redis: Redis }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
    async ({}, use) => {
      await using server = await startPrivateRedis()
      await use(server)
    },
    { scope: 'file' },
  ],
  redis: async ({ server }, use) => {
    const redis = await connectRedis(server.url, { name: 'test' })
    await redis.flushall()
    await redis.config('RESETSTAT')
    await use(redis)
    redis.disconnect()
  },
})
