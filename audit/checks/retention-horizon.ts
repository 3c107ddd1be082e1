import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { entryTime } from '#kernel/streams/entry-time.ts'
import { hours } from '#kernel/time/duration.ts'
import { judgeFloor } from '#kernel/verdict/floor.ts'
import { defineCheck, type Finding } from '../check.ts'
import { type ExistingStream, isExisting } from '../existing-stream.ts'
import { quoteStream } from '../quote-stream.ts'
import { summariseTraffic } from '../traffic.ts'

export default defineCheck({
  id: 'retention-horizon',
  title: 'The buffer outlasts the longest outage of its consumers',
  why: 'Consumers that stay away longer than the buffer can hold come back to a gap. Where nothing is trimmed unread that is when the memory is full; where a length or an age is trimmed to, it is the age of the first entry, however much memory there is.',
  remedy:
    'raise the memory: redis-cli CONFIG SET maxmemory <bytes>; trim only what every group has acknowledged: standpipe trim',
  runbook: 'stream-will-fill',
  needs: ['streams', 'settings', 'server', 'memory', 'manifest'],
  limits: { warnBelow: 3, failBelow: 1, outageMs: hours(1), bytesPerEntry: 700 },

  judge({ streams, settings, server, memory, manifest }, { limits }) {
    const outageMs = manifest?.outage ?? limits.outageMs
    const total = settings.number('maxmemory') || memory.limitBytes
    const rate = manifest?.['events-per-second'] ?? summariseTraffic(streams).eventsPerSecond
    const free = Math.max(0, total - server.number('used_memory'))
    const lastsMs = (free / limits.bytesPerEntry / rate) * 1_000
    return streams.filter(isExisting).flatMap((evidence) => {
      const about = {
        subject: evidence.stream,
        evidence: [
          quoteStream(evidence.stream, evidence.state),
          ...settings.quotes('maxmemory'),
          ...server.quotes('used_memory'),
        ],
      }
      const wanted = manifest?.streams[evidence.stream]?.retention
      const buffer: Finding = {
        ...about,
        verdict: judgeFloor(lastsMs / outageMs, limits),
        observed: `with no consumer the memory lasts ${formatMeasure(lastsMs, 'ms')} at ${formatNumber(Math.round(rate))} events/s`,
        expected: `at least ${limits.warnBelow} times the longest outage of ${formatMeasure(outageMs, 'ms')}`,
      }
      return wanted === undefined ? [buffer] : [buffer, judgeRetention(evidence, wanted, about)]
    })
  },
})

/** Whether what was wanted to stay is still there; a stream that was never trimmed keeps all it has. */
function judgeRetention(
  { state }: ExistingStream,
  wanted: number,
  about: Pick<Finding, 'subject' | 'evidence'>,
): Finding {
  const first = state.firstEntryId === null ? null : entryTime(state.firstEntryId)
  const last = entryTime(state.lastGeneratedId)
  const keptMs = first === null || last === null ? null : last - first
  const whole = state.entriesAdded === state.length
  const kept = keptMs === null ? 'the IDs are no time' : `entries go back ${formatMeasure(keptMs, 'ms')}`
  return {
    ...about,
    subject: `${about.subject} retention`,
    verdict: whole ? 'pass' : keptMs === null ? 'unknown' : keptMs >= wanted ? 'pass' : 'fail',
    observed: whole ? `${kept}, nothing was ever trimmed` : kept,
    expected: `at least ${formatMeasure(wanted, 'ms')}, as the manifest says`,
  }
}
