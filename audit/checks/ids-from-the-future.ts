import { formatMeasure } from '#kernel/format/format-measure.ts'
import { parseEntryId } from '#kernel/streams/entry-id.ts'
import { entryTime } from '#kernel/streams/entry-time.ts'
import { seconds } from '#kernel/time/duration.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { byStream } from '../by-stream.ts'
import { defineCheck } from '../check.ts'
import type { NewestEvidence } from '../evidence/newest-evidence.ts'

export default defineCheck({
  id: 'ids-from-the-future',
  title: 'No stream has IDs ahead of the clock',
  why: 'After one entry with an ID from the future, every * ID repeats its time until the clock has caught up: ages, lag in seconds and trimming by time are wrong for exactly that long, and a restart does not mend it.',
  remedy:
    'find who writes explicit IDs; then redis-cli XTRIM <stream> MINID 0 shows the head, and a new stream key starts clean',
  needs: ['streams', 'time', 'newest'],
  limits: { warnAt: seconds(5), failAt: seconds(60) },

  judge: ({ streams, time, newest }, { limits }) =>
    streams.flatMap(({ stream, state }) => {
      if (state === null) return []
      const id = state.lastGeneratedId
      const aheadMs = Number(parseEntryId(id).ms - BigInt(time.serverMs))
      const isSequence = aheadMs > 0 && entryTime(id) === null ? isNumberedBySequence(newest, stream) : false
      const ahead = aheadMs > 0 ? `${formatMeasure(aheadMs, 'ms')} ahead` : 'not ahead'
      return [
        {
          subject: stream,
          verdict:
            isSequence === null
              ? 'unknown'
              : isSequence
                ? 'not-applicable'
                : judgeCeiling(Math.max(0, aheadMs), limits),
          observed: isSequence
            ? `${id} is a sequence, and no time`
            : `${id} is ${ahead} of the server's clock`,
          expected: `at most ${formatMeasure(limits.warnAt, 'ms')} ahead`,
          evidence: [
            { command: `XINFO STREAM ${stream}`, value: `last-generated-id=${state.lastGeneratedId}` },
            ...time.quotes,
          ],
        },
      ]
    }),
})

/** Whether the newest entry is named after the sequence of its event; `null` when there is none to ask. */
function isNumberedBySequence(newest: readonly NewestEvidence[] | null, stream: string): boolean | null {
  const [entry] = byStream(newest).get(stream)?.entries ?? []
  return entry === undefined ? null : parseEntryId(entry.id).ms === BigInt(entry.seq ?? -1)
}
