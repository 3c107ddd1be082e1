import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

export default defineAlert({
  name: 'TargetDown',
  severity: 'critical',
  summary: 'Prometheus cannot scrape {{ $labels.job }} for {{ $labels.instance }}.',
  description:
    'Whatever this target measures has no value now, so the alerts that read it cannot fire. Redis itself may be well: an exporter that can be scraped says so by redis_up.',
  expr: 'up == 0',
  for: minutes(2),
  metrics: ['up'],
  examples: [
    {
      claim: 'an exporter that is gone pages',
      series: { 'up{job="standpipe-exporter",instance="buffer"}': '1 0x10' },
      every: minutes(1),
      at: minutes(4),
      fires: { labels: { job: 'standpipe-exporter', instance: 'buffer' } },
    },
    {
      claim: 'an exporter that is restarted pages nobody',
      series: { 'up{job="standpipe-exporter",instance="buffer"}': '1 0 1x10' },
      every: minutes(1),
      at: minutes(4),
    },
  ],
  dashboard: 'standpipe-buffer',
})
