import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import { eachStream } from './each-stream.ts'
import type { Gatherer } from './source.ts'

/**
 * XINFO STREAM, XINFO GROUPS and PTTL of each stream: one round trip for all, O(1) in entries. The stream is
 * read before its groups, so that what is read and trimmed between the two never looks lost, and its end once
 * more after them, so that what is added and delivered meanwhile never looks like a cursor ahead.
 */
export const gatherStreams: Gatherer<'streams'> = async (source) =>
  eachStream(
    source,
    'streams',
    source.streams.map((stream) => ({ stream })),
    async ({ stream }) => {
      const { redis } = source
      const [state, groups, after, ttl, deadLetters] = await Promise.all([
        readStream(redis, stream),
        readGroups(redis, stream),
        readStream(redis, stream),
        redis.pttl(stream),
        // Elsewhere, or of another type: the stream itself can still be judged.
        readStream(redis, deadLetterStream(stream)).catch(() => null),
      ])
      const end = after && state && later(state.lastGeneratedId, after.lastGeneratedId)
      return {
        stream,
        state: state && { ...state, lastGeneratedId: end ?? state.lastGeneratedId },
        groups,
        expiresInMs: ttl < 0 ? null : ttl,
        deadLetters: deadLetters?.length ?? 0,
      }
    },
  )

const later = (a: string, b: string): string => (compareEntryIds(a, b) < 0 ? b : a)
