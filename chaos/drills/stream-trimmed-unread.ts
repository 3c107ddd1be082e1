import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { killIngester } from '../faults/kill-ingester.ts'
import { pauseProcess } from '../faults/pause-process.ts'
import { trimUnread } from '../faults/trim-unread.ts'

export default defineDrill({
  id: 'stream-trimmed-unread',
  title: 'Somebody trims by length what the group has not read',
  hypothesis:
    'two alerts tell of it within seconds, while the evidence is there; the drill puts the entries back',
  rate: 300,
  trafficLasts: seconds(40),
  faults: [
    pauseProcess('indexer-1', ({ consumers }) => consumers.get('indexer-1')),
    killIngester,
    trimUnread,
  ],
  holdFor: seconds(10),
  recoverWithin: seconds(60),
  expectAlerts: ['LedgerUnbalanced', 'StreamUnreadTrimmed'],
  runbook: 'stream-unread-trimmed',
})
