import { readGroups } from '#kernel/streams/read-groups.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import type { StreamEvidence } from '../evidence.ts'
import type { Gatherer } from './source.ts'

/** XINFO STREAM, XINFO GROUPS and PTTL of each named stream: one round trip for all, O(1) in entries. */
export const gatherStreams: Gatherer<'streams'> = async ({ redis, streams }) =>
  Promise.all(
    streams.map(async (stream): Promise<StreamEvidence> => {
      const [state, groups, ttl] = await Promise.all([
        readStream(redis, stream),
        readGroups(redis, stream),
        redis.pttl(stream),
      ])
      return { stream, state, groups, expiresInMs: ttl < 0 ? null : ttl }
    }),
  )
