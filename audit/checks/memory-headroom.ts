import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'
import { summariseTraffic } from '../traffic.ts'

export default defineCheck({
  id: 'memory-headroom',
  title: 'There is memory left for an outage of the consumers',
  why: 'When the memory is used up, XADD and SET are refused: nothing is ingested, and what the relay drops from its window meanwhile is gone for good. XACK and XTRIM still work.',
  remedy: 'start more consumers, or raise the limit: redis-cli CONFIG SET maxmemory <bytes>',
  runbook: 'redis-writes-rejected',
  needs: ['settings', 'server', 'memory'],
  wants: ['streams'],
  limits: { warnAt: 0.75, failAt: 0.9, bytesPerEntry: 700 },

  judge({ settings, server, memory, streams }, { limits }) {
    const limit = settings.number('maxmemory')
    const bounded = limit > 0
    // Without a limit the kernel ends the process by what it really occupies.
    const used = server.number(bounded ? 'used_memory' : 'used_memory_rss')
    const total = bounded ? limit : memory.limitBytes
    const { eventsPerSecond, measured } = summariseTraffic(streams)
    const seconds = Math.max(0, total - used) / limits.bytesPerEntry / eventsPerSecond
    const rate = `${formatNumber(Math.round(eventsPerSecond))} events/s ${measured ? 'measured' : 'assumed'}`
    return [
      {
        subject: bounded ? 'used_memory' : 'used_memory_rss',
        verdict: judgeCeiling(used / total, limits),
        observed: `${formatMeasure(used, 'bytes')} of ${formatMeasure(total, 'bytes')} used, ${Math.round((used / total) * 100)} %; with no reader the rest lasts ${formatMeasure(seconds, 's')} (${rate}, ${limits.bytesPerEntry} B each)`,
        expected: `under ${limits.warnAt * 100} % of ${bounded ? 'maxmemory' : 'the memory, as there is no maxmemory'}`,
        evidence: [
          ...server.quotes(bounded ? 'used_memory' : 'used_memory_rss'),
          ...settings.quotes('maxmemory'),
          ...(bounded ? [] : memory.quotes),
        ],
      },
    ]
  },
})
