import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { readConsumers } from '#kernel/streams/read-consumers.ts'
import { type GroupState, readGroups } from '#kernel/streams/read-groups.ts'
import { readOldestPending } from '#kernel/streams/read-oldest-pending.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import type { Snapshot, WatchedGroup, WatchedStream } from './snapshot.ts'

/** A snapshot, and what could not be read of it, one sentence each. */
export interface Gathered {
  readonly snapshot: Snapshot
  readonly problems: readonly string[]
}

/**
 * Reads the server and the named streams: three round trips, and one command each for INFO, per stream and
 * per group, none of them O(entries). A stream that cannot be read does not hide the others. Rejects when
 * Redis does not answer.
 */
export async function gatherSnapshot(redis: Redis, streams: readonly string[]): Promise<Gathered> {
  const info = parseInfo(await redis.info())
  const problems: string[] = []
  const watched = await Promise.all(
    streams.map((name) =>
      watchStream(redis, name).catch((error: Error) => {
        problems.push(`stream "${name}": ${error.message}`)
        return null
      }),
    ),
  )
  return { snapshot: { info, streams: watched.filter((stream) => stream !== null) }, problems }
}

async function watchStream(redis: Redis, name: string): Promise<WatchedStream> {
  const state = await readStream(redis, name)
  if (!state) return { name, state, lastGeneratedId: null, groups: [] }
  const groups = await readGroups(redis, name)
  const [after, ...details] = await Promise.all([
    readStream(redis, name),
    ...groups.map((group) => watchGroup(redis, name, group)),
  ])
  return { name, state, lastGeneratedId: after?.lastGeneratedId ?? null, groups: details }
}

async function watchGroup(redis: Redis, stream: string, group: GroupState): Promise<WatchedGroup> {
  const [consumers, pending] = await Promise.all([
    readConsumers(redis, stream, group.nameBytes),
    readOldestPending(redis, stream, group.nameBytes),
  ])
  const idle = consumers.map(({ idleMs }) => idleMs)
  return {
    ...group,
    shortestIdleMs: idle.length > 0 ? Math.min(...idle) : null,
    oldestPending: pending[0] ?? null,
  }
}
