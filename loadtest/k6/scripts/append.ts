import { SharedArray } from 'k6/data'
import execution from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'
import redis from 'k6/x/redis'

const { REDIS_URL = '', STREAM = 'k6_live', ENTRIES = '', RATE = '500', DURATION = '10s', VUS = '50' } = __ENV

export const options = {
  scenarios: {
    // Open model: arrivals follow the clock, and one that finds no free client counts as dropped.
    append: {
      executor: 'constant-arrival-rate',
      rate: Number(RATE),
      timeUnit: '1s',
      duration: DURATION,
      preAllocatedVUs: Number(VUS),
    },
  },
  thresholds: {
    append_duration: ['p(99)<100'],
    append_failures: ['count==0'],
    appended: ['count>0'],
    dropped_iterations: ['count==0'],
  },
}

const took = new Trend('append_duration', true)
const failures = new Counter('append_failures')
const appended = new Counter('appended')
const entries = new SharedArray('entries', () => open(ENTRIES).trim().split('\n'))
const client = new redis.Client(REDIS_URL)

/** One XADD of a realistic event, one at a time for each client: k6 cannot pipeline. */
export default async function append(): Promise<void> {
  const entry = entries[execution.scenario.iterationInTest % entries.length] ?? ''
  const beganAt = Date.now()
  try {
    await client.sendCommand('XADD', STREAM, '*', 'event', entry)
    appended.add(1)
  } catch {
    failures.add(1)
  }
  took.add(Date.now() - beganAt)
}
