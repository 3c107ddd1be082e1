import { seconds } from '#kernel/time/duration.ts'
import { defineDrill } from '../drill.ts'
import { loosenEviction } from '../faults/loosen-eviction.ts'

export default defineDrill({
  id: 'eviction-policy-loosened',
  title: 'Somebody sets a policy under which Redis may delete the stream',
  hypothesis: 'somebody is paged while nothing is lost yet; the flow does not notice',
  rate: 100,
  trafficLasts: seconds(110),
  faults: [loosenEviction],
  holdFor: seconds(75),
  recoverWithin: seconds(30),
  expectAlerts: ['RedisEvictionPolicyUnsafe'],
  runbook: 'redis-eviction-policy-unsafe',
})
