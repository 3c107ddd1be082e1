import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { stuckCursor } from '../faults/stuck-cursor.ts'

export default defineDrill({
  id: 'cursor-stuck-ahead',
  title: 'The cursor of the group is beyond the end of the stream',
  hypothesis:
    'somebody is paged although everything looks idle; nothing is trimmed; level within 60 s of the repair',
  rate: 300,
  trafficLasts: seconds(100),
  faults: [stuckCursor],
  holdFor: seconds(75),
  recoverWithin: seconds(60),
  expectAlerts: ['StreamCursorAhead'],
  runbook: 'stream-cursor-ahead',
})
