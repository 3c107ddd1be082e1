import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

export default defineAlert({
  name: 'RedisEvictionPolicyUnsafe',
  severity: 'critical',
  summary: 'Redis {{ $labels.instance }} may evict the stream: its maxmemory-policy is one of allkeys-*.',
  description:
    'A stream is one key. The first eviction deletes every entry, every group and everything pending at once, without an error to anybody.',
  expr: 'standpipe_redis_evicting_policy == 1',
  for: minutes(1),
  metrics: ['standpipe_redis_evicting_policy'],
  examples: [
    {
      claim: 'allkeys-lru pages',
      series: { 'standpipe_redis_evicting_policy{instance="buffer"}': '1x5' },
      every: minutes(1),
      at: minutes(2),
      fires: { labels: { instance: 'buffer' } },
    },
    {
      claim: 'noeviction pages nobody',
      series: { 'standpipe_redis_evicting_policy{instance="buffer"}': '0x5' },
      every: minutes(1),
      at: minutes(2),
    },
  ],
  dashboard: 'standpipe-buffer',
})
