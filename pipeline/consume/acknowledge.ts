import type { Redis } from 'ioredis'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { readOldestPending } from '#kernel/streams/read-oldest-pending.ts'
import { acknowledgeAndCount } from '#pipeline/accounting/acknowledge-and-count.ts'
import type { Settlement } from '#pipeline/contract.ts'
import { settledUpTo } from '#pipeline/trim/settled-up-to.ts'
import type { Membership } from './membership.ts'

export interface Acknowledgement {
  /** Entries that were pending until now; less than asked for when another consumer was faster. */
  readonly acknowledged: number
  /** Up to where the whole group, all its consumers together, needs nothing any more; `null` without a group. */
  readonly settled: string | null
}

/** Acknowledges entries, counts them in the books and looks how far the group has come: one round trip. */
export async function acknowledge(
  redis: Redis,
  { stream, group }: Membership,
  ids: readonly string[],
  settlement: Settlement = 'acknowledged',
): Promise<Acknowledgement> {
  const [acknowledged, groups, [oldest]] = await Promise.all([
    acknowledgeAndCount(redis, { stream, group }, ids, settlement),
    readGroups(redis, stream),
    readOldestPending(redis, stream, group),
  ])
  const state = groups.find(({ name }) => name === group)
  return {
    acknowledged,
    settled: state ? settledUpTo({ ...state, oldestPendingId: oldest?.id ?? null }) : null,
  }
}
