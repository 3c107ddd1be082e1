import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { killRedis } from '../faults/kill-redis.ts'

export default defineDrill({
  id: 'redis-killed-mid-flow',
  title: 'Redis is killed in the middle of the flow and restarted',
  hypothesis: 'no event lost and none taking effect twice; level again within 30 s of the restart',
  rate: 1_000,
  trafficLasts: seconds(25),
  faults: [killRedis],
  holdFor: seconds(15),
  recoverWithin: seconds(30),
  expectAlerts: ['RedisDown'],
  runbook: 'redis-down',
})
