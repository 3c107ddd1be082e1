import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { futureCursor } from '../faults/future-cursor.ts'

export default defineDrill({
  id: 'cursor-from-the-future',
  title: 'The relay has not come as far as the stored cursor, and sends nothing',
  hypothesis: 'the ingester waits and says so; somebody is paged; with the right cursor level within 60 s',
  rate: 100,
  trafficLasts: seconds(200),
  faults: [futureCursor],
  holdFor: seconds(140),
  recoverWithin: seconds(60),
  expectAlerts: ['IngestCursorAhead'],
  runbook: 'ingest-cursor-ahead',
})
