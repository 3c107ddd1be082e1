import { join } from 'node:path'
import { type TemporaryFolder, temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { backlogOf } from '#loadtest/backlog-of.ts'
import { entryMaker } from '#loadtest/engine/entry-maker.ts'
import { firstSeqOf } from '#loadtest/engine/numbering.ts'
import { openDelivery } from '#loadtest/engine/open-delivery.ts'
import { preciseClock } from '#loadtest/engine/precise-clock.ts'
import { produce } from '#loadtest/engine/produce.ts'
import { watchSelf } from '#loadtest/engine/self-watch.ts'
import type { Bench } from '../bench.ts'
import { inTurns, type Worker } from '../in-turns.ts'
import { median, ratio } from '../median.ts'
import { startNullRedis } from './start-null-redis.ts'

const ROUNDS = 5
const EVENTS = 100_000
const PER_CALL = 500

/** What the load generator costs itself, against a Redis that costs nothing. */
export const engine: Bench = {
  name: 'engine',
  title: `Send ${EVENTS} entries to a Redis that stores nothing`,

  async run(context) {
    await using redis = await startNullRedis()
    await using folder = await temporaryFolder('bench')
    const workers = [bareDelivery(redis.url), wholeGenerator(redis.url, folder)]
    const alternatives = await inTurns(workers, ROUNDS, context)
    const [bare, whole] = alternatives.map(({ rates }) => rates)
    return {
      unit: 'entries/s',
      alternatives,
      targets: [
        {
          promises: 'entries per second of processor time, with arrivals, ledger and latencies',
          bound: 'at-least',
          limit: 100_000,
          measured: median(whole ?? []),
        },
        {
          promises: "of what the product's own delivery of ready entries does",
          bound: 'at-least',
          limit: 0.5,
          measured: ratio(whole ?? [], bare ?? []),
        },
      ],
      method: [
        `${ROUNDS} rounds of ${EVENTS} entries, in turns; per second of the processor time of the sending thread`,
        'the Redis is a thread that reads every call and answers it as the append script would',
        'both send through the delivery and the client of the ingester; the bare one keeps no books and no time',
      ],
    }
  },
}

/** Rate over the processor time of this thread alone: the null Redis has another. */
async function ratePerThreadSecond(work: () => Promise<void>): Promise<number> {
  const before = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(before)
  return (EVENTS * 1_000_000) / (user + system)
}

function bareDelivery(redisUrl: string): Worker {
  return {
    name: 'delivery of the ingester, entries ready',
    async round() {
      const redis = await connectRedis(redisUrl, { name: 'bench' })
      const first = firstSeqOf(0)
      const values = entryMaker(anyEntries(), 1, first).next(EVENTS, Date.now())
      const nothing = () => {}
      const listeners = {
        onSent: nothing,
        onStored: nothing,
        onDoubt: nothing,
        onRefused: nothing,
        onRolledBack: nothing,
      }
      const place = { redis, stream: 'bench', cursor: 'bench:cursor', highWater: EVENTS, ...listeners }
      try {
        return await ratePerThreadSecond(async () => {
          const delivery = openDelivery(place)
          for (let at = 0; at < EVENTS; at += PER_CALL) {
            delivery.add(first + at, values.slice(at, at + PER_CALL))
          }
          await delivery.drain()
          delivery.stop()
        })
      } finally {
        redis.disconnect()
      }
    },
  }
}

function wholeGenerator(redisUrl: string, folder: TemporaryFolder): Worker {
  return {
    name: 'load generator, closed loop',
    round: () =>
      ratePerThreadSecond(async () => {
        using self = watchSelf('bench')
        const end = await produce(
          {
            name: 'bench',
            redisUrl,
            stream: 'bench',
            cursor: 'bench:cursor',
            highWater: EVENTS,
            flow: anyFlow(),
            share: { index: 0, of: 1 },
            seed: 1,
            journalPath: join(folder.path, 'attempts.ndjson'),
          },
          {
            begin: async () => preciseClock.now(),
            onProgress: () => {},
            self,
            drainWithin: seconds(30),
            signal: new AbortController().signal,
          },
        )
        if (end.acknowledged !== EVENTS)
          throw new Error(`${end.acknowledged} entries confirmed, expected ${EVENTS}`)
      }),
  }
}

function anyFlow() {
  const [flow] = backlogOf({ events: EVENTS, consumers: 1, commitMs: 0, drainWithin: 1 }).flows
  if (!flow) throw new RangeError('a backlog has a flow')
  return flow
}

const anyEntries = () => anyFlow().entries
