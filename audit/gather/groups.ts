import type { Redis } from 'ioredis'
import { readConsumers } from '#kernel/streams/read-consumers.ts'
import type { GroupState } from '#kernel/streams/read-groups.ts'
import { readOldestPending } from '#kernel/streams/read-oldest-pending.ts'
import type { GroupEvidence, StreamEvidence } from '../evidence.ts'
import type { Gatherer } from './source.ts'

/** How many of a group's pending entries are looked at; the rest could be a million. */
export const OLDEST_PENDING = 100

/** XINFO CONSUMERS and the head of the pending list of every group, all in one more round trip. */
export const gatherGroups: Gatherer<'groups'> = async ({ redis, read }) => {
  const streams = await read('streams')
  const groups = streams.flatMap((stream) => stream.groups.map((group) => ({ stream, group })))
  const all = await Promise.all(groups.map(({ stream, group }) => gatherGroup(redis, stream, group)))
  return all.filter((one) => one !== null)
}

async function gatherGroup(
  redis: Redis,
  { stream, state }: StreamEvidence,
  group: GroupState,
): Promise<GroupEvidence | null> {
  if (state === null) return null
  const [consumers, oldest] = await Promise.all([
    readConsumers(redis, stream, group.nameBytes),
    readOldestPending(redis, stream, group.nameBytes, OLDEST_PENDING),
  ])
  return { stream, state, group, consumers, oldest }
}
