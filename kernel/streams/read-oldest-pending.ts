import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { printableName } from '#kernel/redis/printable-name.ts'

/** One entry that was delivered and not acknowledged. */
export interface PendingEntry {
  readonly id: string
  readonly consumer: string
  /** Milliseconds since it was last delivered. */
  readonly idleMs: number
  readonly deliveries: number
}

/**
 * The pending entries with the lowest IDs, `count` at most. One round trip, O(count): never filtered by IDLE,
 * which scans the whole pending list. Empty when nothing is pending, or when group or stream do not exist.
 */
export async function readOldestPending(
  redis: Redis,
  stream: string | Buffer,
  group: string | Buffer,
  count = 1,
): Promise<PendingEntry[]> {
  try {
    const reply = await redis.callBuffer('XPENDING', stream, group, '-', '+', count)
    return Array.isArray(reply) ? reply.map(toPendingEntry) : []
  } catch (error) {
    if (isReplyError(error, 'NOGROUP')) return []
    throw error
  }
}

function toPendingEntry(reply: unknown): PendingEntry {
  if (!Array.isArray(reply) || reply.length < 4) {
    throw new DependencyError(
      'cannot read the answer to XPENDING: expected ID, consumer, idle and deliveries',
    )
  }
  const [id, consumer, idle, deliveries] = reply as [Buffer, Buffer, number, number]
  return {
    id: String(id),
    consumer: printableName(consumer),
    idleMs: Number(idle),
    deliveries: Number(deliveries),
  }
}
