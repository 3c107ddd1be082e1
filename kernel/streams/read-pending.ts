import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { printableName } from '#kernel/redis/printable-name.ts'
import { replyText } from '#kernel/redis/reply-text.ts'

/** What a group was delivered and has not acknowledged, as the summary form of `XPENDING` tells it. */
export interface PendingSummary {
  readonly count: number
  /** The oldest and the newest pending entry; `null` when nothing is pending. They may be trimmed already. */
  readonly lowestId: string | null
  readonly highestId: string | null
  readonly byConsumer: readonly { readonly name: string; readonly count: number }[]
}

/** One round trip, O(consumers). `null` when the group or the stream does not exist. */
export async function readPending(
  redis: Redis,
  stream: string | Buffer,
  group: string | Buffer,
): Promise<PendingSummary | null> {
  try {
    return toPendingSummary(await redis.callBuffer('XPENDING', stream, group))
  } catch (error) {
    if (isReplyError(error, 'NOGROUP')) return null
    throw error
  }
}

function toPendingSummary(reply: unknown): PendingSummary {
  if (!Array.isArray(reply) || typeof reply[0] !== 'number') {
    throw new DependencyError('cannot read the answer to XPENDING: expected a count first')
  }
  const [count, lowest, highest, consumers] = reply as [number, unknown, unknown, [Buffer, unknown][] | null]
  return {
    count,
    lowestId: replyText(lowest),
    highestId: replyText(highest),
    byConsumer: (consumers ?? []).map(([name, held]) => ({
      name: printableName(name),
      count: Number(replyText(held)),
    })),
  }
}
