import { formatMeasure } from '#kernel/format/format-measure.ts'
import { hours, minutes } from '#kernel/time/duration.ts'
import { judgeFloor } from '#kernel/verdict/floor.ts'
import { defineCheck } from '../check.ts'
import { spanOf } from '../window.ts'

export default defineCheck({
  id: 'time-to-full',
  title: 'The memory does not fill up while we watch',
  why: 'When the memory is full XADD is refused, and from then on every second of events is only in the window of the relay. How long that takes is told by how fast the memory grows now, not by how much is used.',
  remedy:
    'start more consumers: standpipe index; find who holds back the trim: standpipe trim --dry-run; or redis-cli CONFIG SET maxmemory <bytes>',
  runbook: 'stream-will-fill',
  needs: ['window', 'settings', 'memory'],
  limits: { warnBelow: hours(2), failBelow: minutes(30), leastWatchedMs: 5_000 },

  judge({ window, settings, memory }, { limits }) {
    const span = spanOf(window)
    if (!span || span.seconds * 1_000 < limits.leastWatchedMs) return []
    const total = settings.number('maxmemory') || memory.limitBytes
    const [before, after] = [span.first, span.last].map(({ server }) => server.number('used_memory'))
    if (before === undefined || after === undefined) return []
    const growth = (after - before) / span.seconds
    const fullInMs = growth > 0 ? ((total - after) / growth) * 1_000 : Number.POSITIVE_INFINITY
    return [
      {
        subject: 'used_memory',
        verdict: judgeFloor(fullInMs, limits),
        observed:
          growth > 0
            ? `grows by ${formatMeasure(growth, 'bytes')}/s; ${formatMeasure(total, 'bytes')} are full in ${formatMeasure(fullInMs, 'ms')}`
            : `does not grow: ${formatMeasure(after, 'bytes')} of ${formatMeasure(total, 'bytes')}`,
        expected: `not full within ${formatMeasure(limits.warnBelow, 'ms')}`,
        evidence: [
          {
            command: `INFO everything, ${span.seconds} s apart`,
            value: `used_memory=${before}, then ${after}`,
          },
          ...settings.quotes('maxmemory'),
        ],
      },
    ]
  },
})
