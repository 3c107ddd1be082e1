import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

const group = 'instance="buffer",stream="firehose_live",group="indexers"'

export default defineAlert({
  name: 'GroupHasNoConsumers',
  severity: 'warning',
  summary: 'Nobody reads {{ $labels.stream }} for group {{ $labels.group }}.',
  description:
    'The group has no consumer, or none that was served for two minutes although entries wait. It holds back the trim: either start its consumers, or remove the group if nobody needs it any more.',
  expr: [
    'standpipe_group_consumers == 0',
    'or (standpipe_group_idle_seconds > 120 and standpipe_group_lag_entries > 0)',
  ].join(' '),
  for: minutes(1),
  metrics: ['standpipe_group_consumers', 'standpipe_group_idle_seconds', 'standpipe_group_lag_entries'],
  examples: [
    {
      claim: 'a group without consumers pages',
      series: { [`standpipe_group_consumers{${group}}`]: '0x10' },
      every: minutes(1),
      at: minutes(3),
      fires: { labels: { instance: 'buffer', stream: 'firehose_live', group: 'indexers' } },
    },
    {
      claim: 'a group whose only consumer is gone pages once entries wait',
      series: {
        [`standpipe_group_consumers{${group}}`]: '1x10',
        [`standpipe_group_idle_seconds{${group}}`]: '0+60x10',
        [`standpipe_group_lag_entries{${group}}`]: '0+1000x10',
      },
      every: minutes(1),
      at: minutes(5),
      fires: { labels: { instance: 'buffer', stream: 'firehose_live', group: 'indexers' } },
    },
    {
      claim: 'a group that has read everything may be idle',
      series: {
        [`standpipe_group_consumers{${group}}`]: '1x10',
        [`standpipe_group_idle_seconds{${group}}`]: '0+60x10',
        [`standpipe_group_lag_entries{${group}}`]: '0x10',
      },
      every: minutes(1),
      at: minutes(8),
    },
  ],
  dashboard: 'standpipe-buffer',
})
