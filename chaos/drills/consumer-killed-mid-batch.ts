import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { killConsumer } from '../faults/kill-consumer.ts'

export default defineDrill({
  id: 'consumer-killed-mid-batch',
  title: 'A consumer dies holding unacknowledged entries, and is restarted',
  hypothesis: 'every entry that it held is committed after all, none takes effect twice; level within 60 s',
  rate: 1_000,
  trafficLasts: seconds(15),
  faults: [killConsumer('indexer-1')],
  holdFor: seconds(3),
  recoverWithin: seconds(60),
  expectAlerts: [],
  runbook: 'stream-pending-idle',
})
