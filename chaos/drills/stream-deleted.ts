import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { killConsumer } from '../faults/kill-consumer.ts'
import { killIngester } from '../faults/kill-ingester.ts'
import { moveStreamAway } from '../faults/move-stream-away.ts'

export default defineDrill({
  id: 'stream-deleted',
  title: 'The stream is gone with its groups, and nobody is there to make another one',
  hypothesis: 'somebody is paged; once it is put back, everything in it is worked off; level within 60 s',
  rate: 300,
  trafficLasts: seconds(110),
  faults: [killConsumer('indexer-1'), killIngester, moveStreamAway],
  holdFor: seconds(75),
  recoverWithin: seconds(60),
  expectAlerts: ['StreamMissing'],
  runbook: 'stream-missing',
})
