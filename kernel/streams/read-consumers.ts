import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { printableName } from '#kernel/redis/printable-name.ts'
import { replyFields } from '#kernel/redis/reply-fields.ts'

/** A consumer of a group as `XINFO CONSUMERS` describes it. */
export interface ConsumerState {
  /** Fit to be read by people. */
  readonly name: string
  /** As Redis holds it; what further commands need. */
  readonly nameBytes: Buffer
  /** Entries delivered to it and not acknowledged. */
  readonly pending: number
  /** Milliseconds since it last tried (from Redis 7.2), or last succeeded (before), to read or claim. */
  readonly idleMs: number
  /** Milliseconds since it last read or claimed something; `null` before 7.2, and when it never did. */
  readonly inactiveMs: number | null
}

/** One round trip, O(consumers). Empty when the group has none, or when group or stream do not exist. */
export async function readConsumers(
  redis: Redis,
  stream: string | Buffer,
  group: string | Buffer,
): Promise<ConsumerState[]> {
  try {
    const reply = await redis.callBuffer('XINFO', 'CONSUMERS', stream, group)
    return Array.isArray(reply) ? reply.map(toConsumerState) : []
  } catch (error) {
    if (isReplyError(error, 'ERR no such key') || isReplyError(error, 'NOGROUP')) return []
    throw error
  }
}

function toConsumerState(reply: unknown): ConsumerState {
  const fields = replyFields('XINFO CONSUMERS', reply)
  const nameBytes = fields.bytes('name')
  const inactive = fields.numberOrNull('inactive')
  return {
    name: printableName(nameBytes),
    nameBytes,
    pending: fields.number('pending'),
    idleMs: fields.number('idle'),
    inactiveMs: inactive === null || inactive < 0 ? null : inactive,
  }
}
