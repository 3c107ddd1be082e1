import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

export default defineAlert({
  name: 'StreamMissing',
  severity: 'critical',
  summary: 'The stream {{ $labels.stream }} is not in Redis {{ $labels.instance }}.',
  description:
    'The key was deleted, evicted, flushed or renamed, or Redis came back without its data; its groups are gone with it. The next append creates the stream without groups, and consumers answer NOGROUP.',
  expr: 'standpipe_stream_exists == 0',
  for: minutes(1),
  metrics: ['standpipe_stream_exists'],
  examples: [
    {
      claim: 'a stream that vanished pages',
      series: { 'standpipe_stream_exists{instance="buffer",stream="firehose_live"}': '1 1 0x10' },
      every: minutes(1),
      at: minutes(4),
      fires: { labels: { instance: 'buffer', stream: 'firehose_live' } },
    },
    {
      claim: 'a stream that is there pages nobody',
      series: { 'standpipe_stream_exists{instance="buffer",stream="firehose_live"}': '1x10' },
      every: minutes(1),
      at: minutes(4),
    },
  ],
  dashboard: 'standpipe-buffer',
})
