import { defineAlert } from '#alerts/alert.ts'
import { minutes, seconds } from '#kernel/time/duration.ts'

const trimmed = (values: string) => ({
  'standpipe_unread_trimmed_entries{instance="buffer",stream="firehose_live",group="indexers"}': values,
})

export default defineAlert({
  name: 'StreamUnreadTrimmed',
  severity: 'critical',
  summary:
    'At least {{ $value | humanize }} entries left {{ $labels.stream }} before group {{ $labels.group }} read them.',
  description:
    'These events are lost to the group. Stop whatever trims by length (XADD MAXLEN, XTRIM MAXLEN), note the numbers now, since reading on overwrites the evidence, and replay the range from the relay.',
  expr: 'standpipe_unread_trimmed_entries > 0',
  for: seconds(0),
  metrics: ['standpipe_unread_trimmed_entries'],
  examples: [
    {
      claim: 'one unread entry that was trimmed pages at once',
      series: trimmed('0 0 3 3'),
      every: minutes(1),
      at: minutes(2),
      fires: { labels: { instance: 'buffer', stream: 'firehose_live', group: 'indexers' }, value: '3' },
    },
    {
      claim: 'a trim below what was read pages nobody',
      series: trimmed('0x10'),
      every: minutes(1),
      at: minutes(5),
    },
  ],
  dashboard: 'standpipe-buffer',
})
