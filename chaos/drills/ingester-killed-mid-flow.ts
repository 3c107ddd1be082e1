import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { killIngester } from '../faults/kill-ingester.ts'

export default defineDrill({
  id: 'ingester-killed-mid-flow',
  title: 'The ingester dies with events in its hands, and is restarted',
  hypothesis: 'it resumes at the stored cursor: no event lost, none appended twice; level within 30 s',
  rate: 1_000,
  trafficLasts: seconds(15),
  faults: [killIngester],
  holdFor: seconds(3),
  recoverWithin: seconds(30),
  expectAlerts: [],
  runbook: 'stream-ingest-stalled',
})
