import { UsageError } from '#kernel/errors.ts'
import type { StackRedis } from './stack-redis.ts'

/** A Redis that somebody else started and lets us load. It is used, never stopped: `kill` throws `UsageError`. */
export function foreignRedis(url: string): StackRedis {
  const refuse = async () => {
    throw new UsageError('a Redis that we did not start is never killed')
  }
  return { url, pid: null, kill: refuse, start: async () => {}, async [Symbol.asyncDispose]() {} }
}
