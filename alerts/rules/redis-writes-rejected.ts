import { defineAlert } from '#alerts/alert.ts'
import { minutes, seconds } from '#kernel/time/duration.ts'

export default defineAlert({
  name: 'RedisWritesRejected',
  severity: 'critical',
  summary: 'Redis {{ $labels.instance }} refuses writes: {{ $labels.cause }}.',
  description:
    'The ingester pauses its relay and nothing new is stored. OOM: memory is at maxmemory. MISCONF: the disk does not take the append-only file or the snapshot. READONLY: this is a replica. NOREPLICAS: too few replicas keep up. Reading, acknowledging and trimming still work when it is OOM.',
  expr: 'sum by (instance, cause) (increase(standpipe_redis_rejected_writes_total[2m])) > 0',
  for: seconds(0),
  metrics: ['standpipe_redis_rejected_writes_total'],
  examples: [
    {
      claim: 'the very first refusal pages',
      series: { 'standpipe_redis_rejected_writes_total{instance="buffer",cause="OOM"}': '0 0 1 1' },
      every: seconds(30),
      at: seconds(60),
      fires: { labels: { instance: 'buffer', cause: 'OOM' } },
    },
    {
      claim: 'refusals of last week page nobody',
      series: { 'standpipe_redis_rejected_writes_total{instance="buffer",cause="OOM"}': '7x10' },
      every: seconds(30),
      at: minutes(5),
    },
    {
      claim: 'a restart, which sets the counter back to 0, pages nobody',
      series: { 'standpipe_redis_rejected_writes_total{instance="buffer",cause="MISCONF"}': '7 7 7 0x6' },
      every: seconds(30),
      at: minutes(2),
    },
  ],
  dashboard: 'standpipe-buffer',
})
