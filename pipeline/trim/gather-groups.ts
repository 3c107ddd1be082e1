import type { Redis } from 'ioredis'
import { type GroupState, readGroups } from '#kernel/streams/read-groups.ts'
import { type PendingEntry, readOldestPending } from '#kernel/streams/read-oldest-pending.ts'
import type { GroupNeed } from './group-need.ts'

/** A group with the entry that it has owed for longest. */
export interface Group extends GroupState, GroupNeed {
  readonly oldestPending: PendingEntry | null
}

/** Every group of the stream, each with its oldest pending entry: what was delivered first, then what is pending. */
export async function gatherGroups(redis: Redis, stream: string): Promise<Group[]> {
  const states = await readGroups(redis, stream)
  return Promise.all(
    states.map(async (state) => {
      const [oldest] = await readOldestPending(redis, stream, state.nameBytes)
      return { ...state, oldestPending: oldest ?? null, oldestPendingId: oldest?.id ?? null }
    }),
  )
}
