import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { formatEntryId, parseEntryId } from '#kernel/streams/entry-id.ts'
import { type GroupState, readGroups } from '#kernel/streams/read-groups.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import { dud, type Fault } from '../fault.ts'
import { undoing } from './undoing.ts'
import { withRedis } from './with-redis.ts'

/** Further ahead than any stream gets during a drill, in the milliseconds of an entry ID: a year. */
const AHEAD = 31_536_000_000n

/**
 * Sets the cursor of the group beyond the end of the stream: it is handed nothing, and nothing looks wrong.
 * The lift sets it back to where it was, so that what came meanwhile is delivered late, not lost.
 */
export const stuckCursor: Fault = {
  name: 'stuck-cursor',
  against(target) {
    const { redisUrl, stream, group } = target
    const { promise, lift } = undoing(target)
    return {
      lift,
      inject: (signal) =>
        withRedis(redisUrl, async (redis) => {
          const before = (await readGroups(redis, stream)).find(({ name }) => name === group)
          const end = (await readStream(redis, stream))?.lastGeneratedId
          if (!before || !end) return dud(`there is no group ${group} on ${stream}`)
          const back = ['SETID', stream, group, before.lastDeliveredId, ...entriesRead(before)] as const
          await promise(redis, {
            what: `cursor of ${group} on ${stream}`,
            outlivesRestart: true,
            command: ['XGROUP', ...back],
          })
          signal.throwIfAborted()
          const { ms } = parseEntryId(end)
          await redis.xgroup('SETID', stream, group, formatEntryId({ ms: ms + AHEAD, seq: 0n }))
          const after = (await readGroups(redis, stream)).find(({ name }) => name === group)
          const last = (await readStream(redis, stream))?.lastGeneratedId ?? end
          return {
            bit: after !== undefined && compareEntryIds(after.lastDeliveredId, last) > 0,
            detail: `the cursor is at ${after?.lastDeliveredId}, the stream ends at ${last}`,
          }
        }),
    }
  },
}

/** Without its count of entries read, Redis could no longer tell the lag of the group. */
function entriesRead({ entriesRead: read }: GroupState): readonly string[] {
  return read === null ? [] : ['ENTRIESREAD', String(read)]
}
