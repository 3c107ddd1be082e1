import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

const ahead = (values: string) => ({
  'standpipe_ingest_cursor_ahead{job="standpipe-pipeline",instance="ingester",stream="firehose_live"}':
    values,
})

export default defineAlert({
  name: 'IngestCursorAhead',
  severity: 'critical',
  summary: 'The relay has not come as far as the cursor of {{ $labels.stream }}, and sends nothing.',
  description:
    'FutureCursor: the relay began its sequences anew, or the cursor belongs to another relay. The ingester asks again and again and goes on waiting, which loses nothing while the relay keeps its window; by default it never decides alone to begin anew.',
  expr: 'max by (stream) (standpipe_ingest_cursor_ahead) == 1',
  for: minutes(2),
  metrics: ['standpipe_ingest_cursor_ahead'],
  examples: [
    {
      claim: 'a relay that began anew pages',
      series: ahead('0 1x10'),
      every: minutes(1),
      at: minutes(4),
      fires: { labels: { stream: 'firehose_live' } },
    },
    {
      claim: 'a relay that catches up within a minute pages nobody',
      series: ahead('0 1 0x10'),
      every: minutes(1),
      at: minutes(4),
    },
  ],
  dashboard: 'standpipe-buffer',
})
