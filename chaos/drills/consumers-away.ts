import { minutes, seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { killConsumer } from '../faults/kill-consumer.ts'

export default defineDrill({
  id: 'consumers-away',
  title: 'The only consumer dies with entries in its hands, and nobody replaces it for minutes',
  hypothesis:
    'three different alerts tell of it; the stream keeps everything; level within 60 s of the restart',
  rate: 50,
  trafficLasts: minutes(9),
  faults: [killConsumer('indexer-1')],
  holdFor: minutes(8),
  recoverWithin: seconds(60),
  expectAlerts: ['GroupHasNoConsumers', 'StreamFallingBehind', 'StreamPendingIdle'],
  runbook: 'group-has-no-consumers',
})
