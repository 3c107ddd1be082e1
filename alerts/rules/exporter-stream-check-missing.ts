import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

export default defineAlert({
  name: 'ExporterStreamCheckMissing',
  severity: 'warning',
  summary: 'Redis {{ $labels.instance }} is up, and no exporter watches a stream of it.',
  description:
    'Every alert about lag, pending entries and loss is blind for this Redis. Start `standpipe exporter --stream …` beside it, and give both exporters the same instance label.',
  expr: 'min by (instance) (redis_up) == 1 unless on (instance) standpipe_stream_exists',
  for: minutes(5),
  metrics: ['redis_up', 'standpipe_stream_exists'],
  examples: [
    {
      claim: 'a Redis whose streams nobody watches is reported',
      series: { 'redis_up{job="redis-exporter",instance="buffer"}': '1x20' },
      every: minutes(1),
      at: minutes(6),
      fires: { labels: { instance: 'buffer' } },
    },
    {
      claim: 'a Redis with a watched stream is not',
      series: {
        'redis_up{job="redis-exporter",instance="buffer"}': '1x20',
        'standpipe_stream_exists{job="standpipe-exporter",instance="buffer",stream="firehose_live"}': '1x20',
      },
      every: minutes(1),
      at: minutes(10),
    },
    {
      claim: 'a Redis that is down is left to RedisDown',
      series: { 'redis_up{job="redis-exporter",instance="buffer"}': '0x20' },
      every: minutes(1),
      at: minutes(10),
    },
  ],
  dashboard: 'standpipe-buffer',
  unrehearsed: 'a drill starts the exporter that watches it, always with the stream',
})
