import { defineAlert } from '#alerts/alert.ts'
import { minutes, seconds } from '#kernel/time/duration.ts'

const added = (values: string) => ({
  'standpipe_stream_added_entries_total{instance="buffer",stream="firehose_live"}': values,
})

export default defineAlert({
  name: 'StreamIngestStalled',
  severity: 'critical',
  summary: 'Nothing has been added to {{ $labels.stream }} for two minutes.',
  description:
    'The network is never quiet that long. The ingester is down, the relay sends nothing, or the append is refused (high-water mark, RedisWritesRejected). Nothing is lost while the relay still keeps the events: its replay window is the clock that runs.',
  expr: 'rate(standpipe_stream_added_entries_total[1m]) == 0',
  for: minutes(1),
  metrics: ['standpipe_stream_added_entries_total'],
  examples: [
    {
      claim: 'a stream that stands still pages',
      series: added('0+500x8 4000x20'),
      every: seconds(15),
      at: minutes(5),
      fires: { labels: { instance: 'buffer', stream: 'firehose_live' } },
    },
    {
      claim: 'a stream that moves pages nobody',
      series: added('0+1x40'),
      every: seconds(15),
      at: minutes(5),
    },
  ],
  dashboard: 'standpipe-buffer',
})
