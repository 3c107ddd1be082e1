import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

const memory = (used: string) => ({
  'standpipe_redis_memory_used_bytes{instance="buffer"}': used,
  'standpipe_redis_memory_max_bytes{instance="buffer"}': '1000x40',
})

export default defineAlert({
  name: 'StreamWillFill',
  severity: 'critical',
  summary: 'Redis {{ $labels.instance }} reaches maxmemory within 30 minutes at its present growth.',
  description:
    'At maxmemory every append is refused, and so are dead letters and the creation of groups; reading, acknowledging and trimming go on. Find out what holds the trim back: a group that lags, or one that nobody reads.',
  expr: [
    'predict_linear(standpipe_redis_memory_used_bytes[15m], 1800) > (standpipe_redis_memory_max_bytes > 0)',
    'and standpipe_redis_memory_used_bytes > 0.5 * standpipe_redis_memory_max_bytes',
  ].join(' '),
  for: minutes(5),
  metrics: ['standpipe_redis_memory_used_bytes', 'standpipe_redis_memory_max_bytes'],
  examples: [
    {
      claim: 'memory that grows towards the limit pages',
      series: memory('500+15x40'),
      every: minutes(1),
      at: minutes(15),
      fires: { labels: { instance: 'buffer' } },
    },
    {
      claim: 'memory that is high but still pages nobody',
      series: memory('900x40'),
      every: minutes(1),
      at: minutes(30),
    },
    {
      claim: 'a fresh Redis that loads its first gigabytes pages nobody',
      series: memory('0+30x16'),
      every: minutes(1),
      at: minutes(14),
    },
    {
      claim: 'a Redis without a limit pages nobody',
      series: {
        'standpipe_redis_memory_used_bytes{instance="buffer"}': '500+15x40',
        'standpipe_redis_memory_max_bytes{instance="buffer"}': '0x40',
      },
      every: minutes(1),
      at: minutes(20),
    },
  ],
  dashboard: 'standpipe-buffer',
})
