import type { Redis } from 'ioredis'
import type { LinesAppend } from './append/append-lines.ts'

/**
 * An append behind which the oldest entries are removed, read or not, once there are more than `maxLength`: about so
 * many stay, as Redis removes whole nodes. `onRemoved` is told how many went. A removal that fails is made up for by
 * the next one.
 */
export function lossyAppend(
  append: LinesAppend,
  { redis, stream, maxLength }: { redis: Redis; stream: string; maxLength: number },
  onRemoved: (entries: number) => void,
): LinesAppend {
  return async (batch) => {
    const reply = await append(batch)
    if (reply.outcome === 'appended' && reply.added > 0) {
      await redis.xtrim(stream, 'MAXLEN', '~', maxLength).then(onRemoved, () => {})
    }
    return reply
  }
}
