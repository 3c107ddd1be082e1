import type { Redis } from 'ioredis'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { readOldestPending } from '#kernel/streams/read-oldest-pending.ts'
import { settledUpTo } from '#pipeline/trim/settled-up-to.ts'
import type { Membership } from './membership.ts'

export interface Acknowledgement {
  /** Entries that were pending until now; less than asked for when another consumer was faster. */
  readonly acknowledged: number
  /** Up to where the whole group, all its consumers together, needs nothing any more; `null` without a group. */
  readonly settled: string | null
}

/** Acknowledges entries and looks how far the group has come: three commands, one round trip. */
export async function acknowledge(
  redis: Redis,
  { stream, group }: Membership,
  ids: readonly string[],
): Promise<Acknowledgement> {
  const [acknowledged, groups, [oldest]] = await Promise.all([
    redis.xack(stream, group, ...ids),
    readGroups(redis, stream),
    readOldestPending(redis, stream, group),
  ])
  const state = groups.find(({ name }) => name === group)
  return {
    acknowledged,
    settled: state ? settledUpTo({ ...state, oldestPendingId: oldest?.id ?? null }) : null,
  }
}
