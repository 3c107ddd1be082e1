import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

export default defineAlert({
  name: 'StreamCursorAhead',
  severity: 'critical',
  summary:
    'The cursor of group {{ $labels.group }} is beyond the end of {{ $labels.stream }}: it is handed nothing, and looks healthy.',
  description:
    'Lag is NULL (which redis_exporter shows as 0) and nothing is pending, so every other panel is green while entries pile up. Cause: XGROUP SETID to the future, or a stream that was created anew while the group was restored.',
  expr: 'standpipe_cursor_ahead == 1',
  for: minutes(1),
  metrics: ['standpipe_cursor_ahead'],
  examples: [
    {
      claim: 'a cursor ahead of its stream pages',
      series: {
        'standpipe_cursor_ahead{instance="buffer",stream="firehose_live",group="indexers"}': '0 1x10',
      },
      every: minutes(1),
      at: minutes(3),
      fires: { labels: { instance: 'buffer', stream: 'firehose_live', group: 'indexers' } },
    },
    {
      claim: 'a cursor at the end of its stream pages nobody',
      series: {
        'standpipe_cursor_ahead{instance="buffer",stream="firehose_live",group="indexers"}': '0x10',
      },
      every: minutes(1),
      at: minutes(3),
    },
  ],
  dashboard: 'standpipe-buffer',
})
