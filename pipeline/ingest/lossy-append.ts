import type { Redis } from 'ioredis'
import type { Append } from './append/append.ts'

/**
 * An append behind which the oldest entries are removed, read or not, once there are more than `maxLength`: about so
 * many stay, as Redis removes whole nodes. `onRemoved` is told how many went. A removal that fails is made up for by
 * the next one.
 */
export function lossyAppend(
  append: Append,
  { redis, stream, maxLength }: { redis: Redis; stream: string; maxLength: number },
  onRemoved: (entries: number) => void,
): Append {
  return async (batch) => {
    const reply = await append(batch)
    if (reply.outcome === 'appended' && reply.added > 0) {
      await redis.xtrim(stream, 'MAXLEN', '~', maxLength).then(onRemoved, () => {})
    }
    return reply
  }
}
