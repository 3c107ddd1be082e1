import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

const BY_CLOCK = 'standpipe_group_lag_seconds > 60 and deriv(standpipe_group_lag_seconds[5m]) > 0'

/** Where IDs are sequences there are no seconds to be had, only entries and how fast they come. */
const BY_ENTRIES =
  'standpipe_group_lag_entries / ignoring (group) group_left () rate(standpipe_stream_added_entries_total[5m]) > 60 ' +
  'and deriv(standpipe_group_lag_entries[5m]) > 0 unless standpipe_group_lag_seconds'

export default defineAlert({
  name: 'StreamFallingBehind',
  severity: 'warning',
  summary:
    'Group {{ $labels.group }} is {{ $value | humanizeDuration }} behind {{ $labels.stream }}, and the distance grows.',
  description:
    'Entries arrive faster than the group is handed them. Nothing is lost while they fit into memory: the panel "Time until Redis is full" says how long that is.',
  expr: `(${BY_CLOCK}) or (${BY_ENTRIES})`,
  for: minutes(2),
  metrics: [
    'standpipe_group_lag_seconds',
    'standpipe_group_lag_entries',
    'standpipe_stream_added_entries_total',
  ],
  examples: [
    {
      claim: 'a group that falls back pages',
      series: {
        'standpipe_group_lag_seconds{instance="buffer",stream="firehose_live",group="indexers"}': '0+30x20',
      },
      every: minutes(1),
      at: minutes(6),
      fires: {
        labels: { instance: 'buffer', stream: 'firehose_live', group: 'indexers' },
        value: '3m 0s',
      },
    },
    {
      claim: 'where IDs are sequences, a group falls back by what waits for it and how fast it comes',
      series: {
        'standpipe_group_lag_entries{instance="buffer",stream="firehose_live",group="indexers"}':
          '0+36000x20',
        'standpipe_stream_added_entries_total{instance="buffer",stream="firehose_live"}': '0+72000x20',
      },
      every: minutes(1),
      at: minutes(6),
      fires: {
        labels: { instance: 'buffer', stream: 'firehose_live', group: 'indexers' },
        value: '3m 0s',
      },
    },
    {
      claim: 'a group that is a minute of entries behind, and one of seconds by the clock, pages nobody',
      series: {
        'standpipe_group_lag_seconds{instance="buffer",stream="firehose_live",group="indexers"}': '1+1x20',
        'standpipe_group_lag_entries{instance="buffer",stream="firehose_live",group="indexers"}':
          '0+36000x20',
        'standpipe_stream_added_entries_total{instance="buffer",stream="firehose_live"}': '0+72000x20',
      },
      every: minutes(1),
      at: minutes(6),
    },
    {
      claim: 'a group that is far behind but catching up pages nobody',
      series: {
        'standpipe_group_lag_seconds{instance="buffer",stream="firehose_live",group="indexers"}':
          '3600-60x20',
      },
      every: minutes(1),
      at: minutes(10),
    },
    {
      claim: 'a group a few seconds behind pages nobody',
      series: {
        'standpipe_group_lag_seconds{instance="buffer",stream="firehose_live",group="indexers"}':
          '1 2 3 4 5 6 7 8',
      },
      every: minutes(1),
      at: minutes(7),
    },
  ],
  dashboard: 'standpipe-buffer',
})
