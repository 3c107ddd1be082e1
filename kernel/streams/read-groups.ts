import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { printableName } from '#kernel/redis/printable-name.ts'
import { replyFields } from '#kernel/redis/reply-fields.ts'

/** A consumer group as `XINFO GROUPS` describes it. */
export interface GroupState {
  /** Fit to be read by people. */
  readonly name: string
  /** As Redis holds it; what further commands need. */
  readonly nameBytes: Buffer
  readonly consumers: number
  /** Entries delivered and not acknowledged. */
  readonly pending: number
  readonly lastDeliveredId: string
  /** Entries delivered since the beginning; `null` when Redis cannot tell, or before 7.0. */
  readonly entriesRead: number | null
  /** Entries not yet delivered; `null` when Redis cannot tell, or before 7.0. Never taken for 0. */
  readonly lag: number | null
}

/** One round trip, O(groups). Empty when the stream has no groups, or does not exist. */
export async function readGroups(redis: Redis, stream: string | Buffer): Promise<GroupState[]> {
  try {
    const reply = await redis.callBuffer('XINFO', 'GROUPS', stream)
    return Array.isArray(reply) ? reply.map(toGroupState) : []
  } catch (error) {
    if (isReplyError(error, 'ERR no such key')) return []
    throw error
  }
}

function toGroupState(reply: unknown): GroupState {
  const fields = replyFields('XINFO GROUPS', reply)
  const nameBytes = fields.bytes('name')
  return {
    name: printableName(nameBytes),
    nameBytes,
    consumers: fields.number('consumers'),
    pending: fields.number('pending'),
    lastDeliveredId: fields.text('last-delivered-id'),
    entriesRead: fields.numberOrNull('entries-read'),
    lag: fields.numberOrNull('lag'),
  }
}
