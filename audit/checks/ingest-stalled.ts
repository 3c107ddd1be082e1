import { formatMeasure } from '#kernel/format/format-measure.ts'
import { entryTime } from '#kernel/streams/entry-time.ts'
import { minutes, seconds } from '#kernel/time/duration.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { byStream } from '../by-stream.ts'
import { defineCheck } from '../check.ts'
import { type ExistingStream, isExisting } from '../existing-stream.ts'
import { quoteStream } from '../quote-stream.ts'

export default defineCheck({
  id: 'ingest-stalled',
  title: 'Events keep arriving',
  why: 'A socket that stays open and says nothing looks healthy for hours. Every second of silence is a second of firehose (some 600 events) that only the relay still has, and only as long as its window lasts.',
  remedy:
    'standpipe ingest --relay <relay> says why it waits; restart it, it goes on where its cursor stands',
  runbook: 'stream-ingest-stalled',
  needs: ['streams', 'time', 'newest', 'manifest'],
  limits: {
    warnAt: seconds(30),
    failAt: minutes(5),
    /** A stream that is slow by itself is stalled only after this many of its own average gaps. */
    gaps: 20,
  },

  judge: ({ streams, time, newest, manifest }, { limits }) =>
    streams.filter(isExisting).flatMap((evidence) => {
      const { stream, state } = evidence
      // Where IDs are sequences, the newest event has to say when it happened.
      const lastMs = entryTime(state.lastGeneratedId) ?? byStream(newest).get(stream)?.entries[0]?.eventMs
      if (lastMs == null || manifest?.streams[stream]?.quiet) return []
      const silentMs = Math.max(0, time.serverMs - lastMs)
      const usual = limits.gaps * averageGapMs(evidence)
      const ceiling = { warnAt: Math.max(limits.warnAt, usual), failAt: Math.max(limits.failAt, usual) }
      return [
        {
          subject: stream,
          verdict: judgeCeiling(silentMs, ceiling),
          observed: `the last entry came ${formatMeasure(silentMs, 'ms')} ago`,
          expected: `within ${formatMeasure(ceiling.warnAt, 'ms')}`,
          evidence: [quoteStream(stream, state), ...time.quotes],
        },
      ]
    }),
})

/** Between two entries, over all that are there; 0 when that says nothing. */
function averageGapMs({ state: { firstEntryId, lastGeneratedId, length } }: ExistingStream): number {
  const first = firstEntryId ? entryTime(firstEntryId) : null
  const last = entryTime(lastGeneratedId)
  return first === null || last === null || length < 2 ? 0 : (last - first) / (length - 1)
}
