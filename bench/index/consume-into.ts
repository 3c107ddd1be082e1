import type { Redis } from 'ioredis'
import { createLog } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { consume } from '#pipeline/consume/consume.ts'
import { indexMeter } from '#pipeline/consume/index-meter.ts'
import { LIVE_GROUP, LIVE_STREAM } from '#pipeline/contract.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import type { Contender } from '../bench.ts'
import { fillStream } from './fill-stream.ts'

export interface ConsumeLoad {
  readonly redisUrl: string
  readonly entries: number
  readonly readCount: number
}

const membership = { stream: LIVE_STREAM, group: LIVE_GROUP, consumer: 'bench' }

/** The whole consumer: read, parse, commit, acknowledge. Each round brings events that the sink has not seen. */
export function consumeInto(
  name: string,
  sink: Sink,
  { redisUrl, entries, readCount }: ConsumeLoad,
): Contender {
  let seen = 0
  return {
    name,
    async round(redis: Redis) {
      await fillStream(redis, entries, seen)
      seen += entries
      const done = new AbortController()
      let settled = 0
      let finishedAt = Number.NaN
      const counted: Sink = {
        ...sink,
        async commit(batch) {
          const applied = await sink.commit(batch)
          settled += batch.entries.length
          if (settled >= entries) {
            finishedAt = performance.now()
            done.abort()
          }
          return applied
        },
      }
      const blocking = await connectRedis(redisUrl, { name: 'bench', blocking: true })
      const startedAt = performance.now()
      await consume(
        {
          sources: [{ membership, dialect: divy, blocking, sink: counted, meter: indexMeter(membership) }],
          redis,
          readCount,
          claimIdle: seconds(60),
          maxFailures: 3,
          drainWithin: seconds(30),
          log: createLog({ name: 'bench', level: 'silent' }),
        },
        done.signal,
      )
      blocking.disconnect()
      await mustBeSettled(redis)
      // Up to the last commit: the drain that follows waits for a read that finds nothing.
      return entries / ((finishedAt - startedAt) / 1_000)
    },
  }
}

/** A contender that left something unread or unacknowledged has not been measured at all. */
async function mustBeSettled(redis: Redis): Promise<void> {
  const [pending] = (await redis.xpending(LIVE_STREAM, LIVE_GROUP)) as [number]
  if (pending !== 0) throw new Error(`${pending} entries are pending, expected none`)
}
