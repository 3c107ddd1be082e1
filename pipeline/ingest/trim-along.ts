import type { Log } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import type { Duration } from '#kernel/time/duration.ts'
import { trimLoop } from '#pipeline/trim/trim-loop.ts'

export interface TrimAlongOptions {
  readonly redisUrl: string
  readonly stream: string
  readonly log: Log
  readonly every?: Duration
}

/**
 * Removes what every group has acknowledged, for consumers that remove nothing: else the stream would stand at its
 * high-water mark for ever. Disposing of it ends that.
 */
export async function trimAlong({ redisUrl, log, ...options }: TrimAlongOptions): Promise<AsyncDisposable> {
  const redis = await connectRedis(redisUrl, { name: 'standpipe-ingest-trim' })
  const over = new AbortController()
  const trimming = trimLoop(
    {
      ...options,
      redis,
      trim: true,
      onGroups: () => {},
      onTrimmed: (entries) => log.debug({ entries }, 'removed what every group has acknowledged'),
      onError: ({ message }) => log.warn({ error: message }, 'cannot trim; trying again'),
    },
    over.signal,
  )
  return {
    async [Symbol.asyncDispose]() {
      over.abort()
      await trimming
      redis.disconnect()
    },
  }
}
