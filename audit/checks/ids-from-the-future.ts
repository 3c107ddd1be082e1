import { formatMeasure } from '#kernel/format/format-measure.ts'
import { entryTime } from '#kernel/streams/entry-time.ts'
import { seconds } from '#kernel/time/duration.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'

export default defineCheck({
  id: 'ids-from-the-future',
  title: 'No stream has IDs ahead of the clock',
  why: 'After one entry with an ID from the future, every * ID repeats its time until the clock has caught up: ages, lag in seconds and trimming by time are wrong for exactly that long, and a restart does not mend it.',
  remedy:
    'find who writes explicit IDs; then redis-cli XTRIM <stream> MINID 0 shows the head, and a new stream key starts clean',
  needs: ['streams', 'time'],
  limits: { warnAt: seconds(5), failAt: seconds(60) },

  judge: ({ streams, time }, { limits }) =>
    streams.flatMap(({ stream, state }) => {
      if (state === null) return []
      const lastMs = entryTime(state.lastGeneratedId)
      const aheadMs = (lastMs ?? 0) - time.serverMs
      return [
        {
          subject: stream,
          verdict: lastMs === null ? 'not-applicable' : judgeCeiling(Math.max(0, aheadMs), limits),
          observed:
            lastMs === null
              ? `${state.lastGeneratedId} is a sequence, and no time`
              : aheadMs > 0
                ? `${state.lastGeneratedId} is ${formatMeasure(aheadMs, 'ms')} ahead of the server's clock`
                : `${state.lastGeneratedId} is not ahead of the server's clock`,
          expected: `at most ${formatMeasure(limits.warnAt, 'ms')} ahead`,
          evidence: [
            { command: `XINFO STREAM ${stream}`, value: `last-generated-id=${state.lastGeneratedId}` },
            ...time.quotes,
          ],
        },
      ]
    }),
})
