import { defineAlert } from '#alerts/alert.ts'
import { minutes } from '#kernel/time/duration.ts'

const open = (values: string) => ({
  'standpipe_ingest_open_gaps{job="standpipe-pipeline",instance="ingester",stream="firehose_live"}': values,
})

export default defineAlert({
  name: 'StreamGapOpen',
  severity: 'warning',
  summary: '{{ $value | humanize }} gaps of {{ $labels.stream }} are open: events are missing behind it.',
  description:
    'The relay could not go on where the ingester stood, so what lies between never reached the stream. `standpipe ingest repos` and `standpipe backfill` mend it by themselves, and `standpipe gaps list` says how far they are.',
  expr: 'max by (stream) (standpipe_ingest_open_gaps) > 0',
  for: minutes(5),
  metrics: ['standpipe_ingest_open_gaps'],
  examples: [
    {
      claim: 'a gap that nobody repairs is reported',
      series: open('0 2x20'),
      every: minutes(1),
      at: minutes(8),
      fires: { labels: { stream: 'firehose_live' }, value: '2' },
    },
    {
      claim: 'a gap that is repaired within minutes is not',
      series: open('0 1x3 0x20'),
      every: minutes(1),
      at: minutes(8),
    },
  ],
  dashboard: 'standpipe-buffer',
  unrehearsed: 'the repair needs the hosts of all accounts, which the stack of a drill does not have',
})
