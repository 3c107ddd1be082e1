import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { killIngester } from '../faults/kill-ingester.ts'

export default defineDrill({
  id: 'ingester-away',
  title: 'No ingester runs for minutes',
  hypothesis:
    'somebody is paged; the relay keeps what is missed, and it is fetched within 60 s of the restart',
  rate: 100,
  trafficLasts: seconds(200),
  faults: [killIngester],
  holdFor: seconds(150),
  recoverWithin: seconds(60),
  expectAlerts: ['StreamIngestStalled', 'TargetDown'],
  runbook: 'stream-ingest-stalled',
})
