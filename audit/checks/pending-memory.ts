import { formatMeasure } from '#kernel/format/format-measure.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'
import { countEntries } from '../quote-group.ts'

export default defineCheck({
  id: 'pending-memory',
  title: 'Pending lists do not eat the memory of the buffer',
  why: 'Every pending entry costs 85 bytes besides the entry itself, and reading is never refused: XREADGROUP grows the pending list past maxmemory (2.5 MB for 30,000 entries), while XADD is refused.',
  remedy: 'redis-cli XPENDING <stream> <group> shows who holds what; restart who does not acknowledge',
  runbook: 'stream-pending-idle',
  needs: ['groups', 'settings', 'memory'],
  limits: { bytesPerPending: 85, warnAt: 0.05, failAt: 0.2 },

  judge({ groups, settings, memory }, { limits }) {
    if (groups.length === 0) return []
    const pending = groups.reduce((sum, { group }) => sum + group.pending, 0)
    const total = settings.number('maxmemory') || memory.limitBytes
    const bytes = pending * limits.bytesPerPending
    return [
      {
        subject: groups.length === 1 ? 'one group' : `${groups.length} groups`,
        verdict: judgeCeiling(bytes / total, limits),
        observed: `${countEntries(pending)} pending take about ${formatMeasure(bytes, 'bytes')}, ${Math.round((bytes / total) * 100)} % of ${formatMeasure(total, 'bytes')}`,
        expected: `under ${limits.warnAt * 100} %`,
        evidence: [
          ...groups.slice(0, 10).map(({ stream, group }) => ({
            command: `XINFO GROUPS ${stream}`,
            value: `name=${group.name} pending=${group.pending}`,
          })),
          ...settings.quotes('maxmemory'),
        ],
      },
    ]
  },
})
