import type { PrivateRedis } from '#kernel/redis/private-redis.ts'

/** The Redis of a stack: one of our own, or one that somebody else started. */
export type StackRedis = Omit<PrivateRedis, 'dir'>
