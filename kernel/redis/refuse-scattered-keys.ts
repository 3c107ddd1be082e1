import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { isReplyError } from './is-reply-error.ts'
import { keySlot } from './key-slot.ts'
import { parseInfo } from './parse-info.ts'

/**
 * Throws `UsageError` when this is a node of a cluster where the keys beside a stream lie in another slot, so that no
 * script may write them together, or when another node serves them. Elsewhere all keys are together.
 */
export async function refuseScatteredKeys(
  redis: Redis,
  stream: string,
  beside: readonly string[],
): Promise<void> {
  if (parseInfo(await redis.info('cluster')).get('cluster_enabled') !== '1') return
  const far = beside.find((key) => keySlot(key) !== keySlot(stream))
  if (far !== undefined) {
    throw new UsageError(
      `this Redis is a cluster, where "${stream}" and "${far}" lie in different slots and cannot be written together; ` +
        `name the stream with a hash tag, as in --stream '{${stream}}'`,
    )
  }
  await redis.exists(stream).catch((error: Error) => {
    const node = isReplyError(error, 'MOVED') ? error.message.split(' ')[2] : null
    if (node === null) throw error
    throw new UsageError(
      `this Redis is a cluster, and another node serves "${stream}"; give that one as --redis-url redis://${node}`,
      { cause: error },
    )
  })
}
