import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

export default defineAlert({
  name: 'StreamPendingIdle',
  severity: 'critical',
  summary:
    'Entries of {{ $labels.stream }} were delivered to {{ $labels.group }} and nobody has acknowledged or claimed them for {{ $value | humanizeDuration }}.',
  description:
    'A consumer died with entries in its hands and nobody claims them, or one entry fails again and again. They hold back the trim, so memory grows; they are not lost while they stay pending.',
  expr: 'max by (instance, stream, group) (standpipe_oldest_pending_idle_seconds) > 300',
  for: minutes(2),
  metrics: ['standpipe_oldest_pending_idle_seconds'],
  examples: [
    {
      claim: 'an entry that nobody touches pages',
      series: {
        'standpipe_oldest_pending_idle_seconds{instance="buffer",stream="firehose_live",group="indexers"}':
          '0+60x20',
      },
      every: minutes(1),
      at: minutes(9),
      fires: { labels: { instance: 'buffer', stream: 'firehose_live', group: 'indexers' }, value: '9m 0s' },
    },
    {
      claim: 'an entry that is claimed after four minutes pages nobody',
      series: {
        'standpipe_oldest_pending_idle_seconds{instance="buffer",stream="firehose_live",group="indexers"}':
          '0+60x4 0x10',
      },
      every: minutes(1),
      at: minutes(9),
    },
  ],
  dashboard: 'standpipe-buffer',
})
