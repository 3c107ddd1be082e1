import { defineAlert } from '#alerts/alert.ts'
import { seconds } from '#kernel/time/duration.ts'

export default defineAlert({
  name: 'RedisDown',
  severity: 'critical',
  summary: 'Redis {{ $labels.instance }} does not answer.',
  description:
    'Nothing is appended and nothing is read. The relay keeps what is missed, but only for its replay window (often 72 h, ask yours): no event is lost if Redis is back before that with its append-only file.',
  expr: 'min by (instance) (redis_up) == 0',
  for: seconds(10),
  metrics: ['redis_up'],
  examples: [
    {
      claim: 'a Redis that stays down pages once, however many exporters watch it',
      series: {
        'redis_up{job="standpipe-exporter",instance="buffer"}': '1 0x10',
        'redis_up{job="redis-exporter",instance="buffer"}': '1 0x10',
      },
      every: seconds(5),
      at: seconds(20),
      fires: { labels: { instance: 'buffer' } },
    },
    {
      claim: 'a restart that takes 5 s pages nobody',
      series: { 'redis_up{job="standpipe-exporter",instance="buffer"}': '1 0 1x10' },
      every: seconds(5),
      at: seconds(30),
    },
  ],
  dashboard: 'standpipe-buffer',
})
