import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { fillMemory } from '../faults/fill-memory.ts'

export default defineDrill({
  id: 'redis-out-of-memory',
  title: 'Redis is at maxmemory and refuses every append',
  hypothesis: 'the ingester waits and loses nothing; once there is room, level again within 30 s',
  rate: 1_000,
  trafficLasts: seconds(20),
  faults: [fillMemory],
  holdFor: seconds(8),
  recoverWithin: seconds(30),
  expectAlerts: ['RedisWritesRejected'],
  runbook: 'redis-writes-rejected',
})
