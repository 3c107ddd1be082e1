import { defineAlert } from '#alerts/alert.ts'
import { minutes, seconds } from '#kernel/time/duration.ts'

const balanced = (values: string) => ({
  'standpipe_ledger_balanced{job="standpipe-pipeline",instance="ledger",stream="firehose_live",group="indexers"}':
    values,
})

export default defineAlert({
  name: 'LedgerUnbalanced',
  severity: 'critical',
  summary: 'Entries of {{ $labels.stream }} are gone that group {{ $labels.group }} never settled.',
  description:
    'They were neither acknowledged nor made dead letters, and they are no longer in the stream: events are lost. Save what Redis says before anything else, `standpipe ledger` says between which entries the loss was noticed.',
  expr: 'min by (stream, group) (standpipe_ledger_balanced) == 0',
  for: seconds(0),
  metrics: ['standpipe_ledger_balanced'],
  examples: [
    {
      claim: 'books that do not balance page at once',
      series: balanced('1 1 0 0'),
      every: minutes(1),
      at: minutes(2),
      fires: { labels: { stream: 'firehose_live', group: 'indexers' } },
    },
    {
      claim: 'books that balance page nobody',
      series: balanced('1x10'),
      every: minutes(1),
      at: minutes(5),
    },
    {
      claim: 'books of which nobody can tell page nobody here: there is no sample then',
      series: balanced('1 1 _x10'),
      every: minutes(1),
      at: minutes(9),
    },
  ],
  dashboard: 'standpipe-buffer',
})
