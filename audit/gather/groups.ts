import type { Redis } from 'ioredis'
import { readConsumers } from '#kernel/streams/read-consumers.ts'
import type { GroupState } from '#kernel/streams/read-groups.ts'
import { readOldestPending } from '#kernel/streams/read-oldest-pending.ts'
import { readPending } from '#kernel/streams/read-pending.ts'
import type { GroupEvidence, StreamEvidence } from '../evidence.ts'
import { eachStream } from './each-stream.ts'
import type { Gatherer } from './source.ts'

/** How many of a group's pending entries are looked at; the rest could be a million. */
export const OLDEST_PENDING = 100

/** XINFO CONSUMERS, XPENDING and the head of the pending list of every group, all in one more round trip. */
export const gatherGroups: Gatherer<'groups'> = async (source) => {
  const streams = await source.read('streams')
  const all = await eachStream(source, 'groups', streams, ({ stream, state, groups }) =>
    Promise.all(state ? groups.map((group) => gatherGroup(source.redis, { stream, state }, group)) : []),
  )
  return all.flat()
}

async function gatherGroup(
  redis: Redis,
  { stream, state }: { stream: string; state: NonNullable<StreamEvidence['state']> },
  group: GroupState,
): Promise<GroupEvidence> {
  const [consumers, oldest, pending] = await Promise.all([
    readConsumers(redis, stream, group.nameBytes),
    readOldestPending(redis, stream, group.nameBytes, OLDEST_PENDING),
    readPending(redis, stream, group.nameBytes),
  ])
  return { stream, state, group, consumers, oldest, highestPendingId: pending?.highestId ?? null }
}
