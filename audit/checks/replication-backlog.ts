import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { judgeFloor } from '#kernel/verdict/floor.ts'
import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'
import { summariseTraffic } from '../traffic.ts'

export default defineCheck({
  id: 'replication-backlog',
  title: 'A replica that was away for a minute need not start over',
  why: 'What a replica missed is replayed from the backlog, if it still holds it. Each event is some 600 bytes of it, and 210 more for every group: the default of 1 MB is about 2 s of a quiet firehose. Beyond that the server forks and sends everything.',
  remedy: configSet('repl-backlog-size', '256mb'),
  needs: ['settings', 'server'],
  wants: ['streams'],
  limits: { warnBelow: 60, failBelow: 10, bytesPerEvent: 600, bytesPerEventAndGroup: 210 },

  judge({ settings, server, streams }, { limits }) {
    if (server.number('connected_slaves') === 0) return []
    const bytes = settings.number('repl-backlog-size')
    const groups = Math.max(1, ...(streams ?? []).map((stream) => stream.groups.length))
    const { eventsPerSecond, measured } = summariseTraffic(streams)
    const perEvent = limits.bytesPerEvent + groups * limits.bytesPerEventAndGroup
    const seconds = bytes / (eventsPerSecond * perEvent)
    return [
      {
        subject: 'repl-backlog-size',
        verdict: judgeFloor(seconds, limits),
        observed: `${formatMeasure(bytes, 'bytes')}, ${formatMeasure(seconds, 's')} at ${formatNumber(Math.round(eventsPerSecond))} events/s ${measured ? 'measured' : 'assumed'} and ${groups} ${groups === 1 ? 'group' : 'groups'}`,
        expected: `at least ${limits.warnBelow} s`,
        evidence: [...settings.quotes('repl-backlog-size'), ...server.quotes('connected_slaves')],
      },
    ]
  },
})
