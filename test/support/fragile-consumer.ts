import { createLog } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { consume } from '#pipeline/consume/consume.ts'
import { indexMeter } from '#pipeline/consume/index-meter.ts'
import { LIVE_GROUP, LIVE_STREAM } from '#pipeline/contract.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'

/**
 * A process of its own that reads the live stream and dies on the spot when it commits a record whose key is
 * `deadly`. What it commits otherwise is in the Redis list `committed`. While the key `sink-down` is there, every
 * commit fails and counts in `refused`. Takes the URL of Redis.
 */
const url = process.argv[2] ?? ''
const redis = await connectRedis(url, { name: 'fragile' })
const blocking = await connectRedis(url, { name: 'fragile', blocking: true })
const membership = { stream: LIVE_STREAM, group: LIVE_GROUP, consumer: 'fragile' }
const stopping = new AbortController()
process.once('SIGTERM', () => stopping.abort())

const sink: Sink = {
  lanes: 2,
  async commit({ entries }) {
    const names = entries.map(({ event }) => ('rkey' in event ? event.rkey : ''))
    if (names.length > 0 && (await redis.exists('sink-down'))) {
      await redis.incr('refused')
      throw new Error('the sink is down')
    }
    if (names.includes('deadly')) process.kill(process.pid, 'SIGKILL')
    if (names.length > 0) await redis.rpush('committed', ...names)
    return entries.map(() => true)
  },
  position: async () => null,
  isRefusal: () => false,
  ping: async () => {},
  [Symbol.asyncDispose]: async () => {},
}

await consume(
  {
    sources: [{ membership, dialect: divy, blocking, sink, meter: indexMeter(membership) }],
    redis,
    readCount: 50,
    claimIdle: seconds(60),
    maxFailures: 3,
    drainWithin: seconds(1),
    log: createLog({ name: 'fragile', level: 'silent' }),
  },
  stopping.signal,
).finally(() => {
  redis.disconnect()
  blocking.disconnect()
})
