import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { pauseProcess } from '../faults/pause-process.ts'

export default defineDrill({
  id: 'consumer-paused',
  title: 'A consumer stands still with its sockets open, and goes on',
  hypothesis: 'the stream buffers what comes meanwhile, nothing is trimmed unread; level again within 30 s',
  rate: 1_000,
  trafficLasts: seconds(20),
  faults: [pauseProcess('indexer-1', ({ consumers }) => consumers.get('indexer-1'))],
  holdFor: seconds(8),
  recoverWithin: seconds(30),
  expectAlerts: [],
  runbook: 'stream-falling-behind',
})
