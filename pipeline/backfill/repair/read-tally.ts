import type { Redis } from 'ioredis'
import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { booksKey, repairTallyField } from '#pipeline/contract.ts'
import { gatherGroups } from '#pipeline/trim/gather-groups.ts'
import { settledUpTo } from '#pipeline/trim/settled-up-to.ts'
import type { RepairTally } from './judge-round.ts'

/** How far the readers of the repair stream have come, looked up before what they counted: never too far. */
export async function readTally(
  redis: Redis,
  repairs: string,
  round: string,
): Promise<RepairTally & { readonly settledUpTo: string | null }> {
  const groups = await gatherGroups(redis, repairs)
  const [lowest] = groups.map(settledUpTo).toSorted(compareEntryIds)
  const [fetched, deadLettered] = await redis.hmget(
    booksKey(repairs),
    repairTallyField(round, 'fetched'),
    repairTallyField(round, 'dead-lettered'),
  )
  return { settledUpTo: lowest ?? null, fetched: Number(fetched), deadLettered: Number(deadLettered) }
}
