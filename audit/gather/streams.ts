import { readGroups } from '#kernel/streams/read-groups.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import type { StreamEvidence } from '../evidence.ts'
import type { Gatherer } from './source.ts'

/** XINFO STREAM, XINFO GROUPS and PTTL of each stream: one round trip for all, O(1) in entries. */
export const gatherStreams: Gatherer<'streams'> = async ({ redis, streams }) =>
  Promise.all(
    streams.map(async (stream): Promise<StreamEvidence> => {
      const [state, groups, ttl, deadLetters] = await Promise.all([
        readStream(redis, stream),
        readGroups(redis, stream),
        redis.pttl(stream),
        readStream(redis, deadLetterStream(stream)),
      ])
      const expiresInMs = ttl < 0 ? null : ttl
      return { stream, state, groups, expiresInMs, deadLetters: deadLetters?.length ?? 0 }
    }),
  )
