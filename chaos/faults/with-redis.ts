import type { Redis } from 'ioredis'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'

/** Does something on a connection of its own, which is closed whatever comes of it. */
export async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = await connectRedis(url, { name: 'standpipe-drill', within: seconds(5) })
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}
