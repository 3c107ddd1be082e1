import { minutes, seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { crowdMemory } from '../faults/crowd-memory.ts'

export default defineDrill({
  id: 'memory-filling',
  title: 'The stream grows towards maxmemory, and nobody trims it',
  hypothesis: 'somebody is paged while there is room left; nothing is refused or lost until then',
  rate: 100,
  trafficLasts: minutes(9),
  stack: { trim: false },
  faults: [crowdMemory],
  holdFor: minutes(6),
  recoverWithin: seconds(30),
  expectAlerts: ['StreamWillFill'],
  runbook: 'stream-will-fill',
})
