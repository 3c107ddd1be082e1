import { defineAlert } from '#alerts/alert.ts'
import { seconds } from '#kernel/time/duration.ts'

export default defineAlert({
  name: 'RedisAofWriteFailing',
  severity: 'critical',
  summary: 'Redis {{ $labels.instance }} cannot write its append-only file.',
  description:
    'Redis answers MISCONF to every write, and to PING as well, until the disk takes data again. Restarting it now makes it worse: a health check that restarts on a failed PING turns a full disk into an outage.',
  expr: 'min by (instance) (standpipe_redis_aof_write_ok or redis_aof_last_write_status) == 0',
  for: seconds(30),
  metrics: ['standpipe_redis_aof_write_ok', 'redis_aof_last_write_status'],
  examples: [
    {
      claim: 'a full disk pages',
      series: { 'standpipe_redis_aof_write_ok{instance="buffer",job="standpipe-exporter"}': '1 0x10' },
      every: seconds(15),
      at: seconds(60),
      fires: { labels: { instance: 'buffer' } },
    },
    {
      claim: 'redis_exporter alone is enough to see it',
      series: { 'redis_aof_last_write_status{instance="buffer",job="redis-exporter"}': '1 0x10' },
      every: seconds(15),
      at: seconds(60),
      fires: { labels: { instance: 'buffer' } },
    },
    {
      claim: 'a file that is written pages nobody',
      series: {
        'standpipe_redis_aof_write_ok{instance="buffer",job="standpipe-exporter"}': '1x10',
        'redis_aof_last_write_status{instance="buffer",job="redis-exporter"}': '1x10',
      },
      every: seconds(15),
      at: seconds(60),
    },
  ],
  dashboard: 'standpipe-buffer',
  unrehearsed: 'needs a file system that may be filled; a drill would have to mount one, as root',
})
