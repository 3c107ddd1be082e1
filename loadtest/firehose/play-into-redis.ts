import { join } from 'node:path'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { countArrivals } from '#loadtest/arrivals/slots.ts'
import { startWorker } from '#loadtest/engine/load-worker.ts'
import { preciseClock } from '#loadtest/engine/precise-clock.ts'
import type { ProducerEnd, ProducerPlan } from '#loadtest/engine/producer-plan.ts'
import { settledWithin } from '#loadtest/engine/settled-within.ts'
import { decodeLatencies } from '#loadtest/latency/latencies.ts'
import { cursorKey } from '#pipeline/contract.ts'
import type { PlayOptions } from './play-options.ts'
import type { Played } from './played.ts'

export interface RedisPlay extends PlayOptions {
  readonly redisUrl: string
  readonly stream: string
}

const PRODUCER = new URL('../engine/producer.worker.ts', import.meta.url)
const HEAD_START_MS = 100
const LOOK_EVERY_MS = 200
const HIGH_WATER = 10_000_000

/** Appends the events as finished entries, by the product's own append. They stay: a firehose takes nothing back. */
export async function playIntoRedis(play: RedisPlay): Promise<Played> {
  const { flow, seed, redisUrl, stream, update, signal } = play
  await using folder = await temporaryFolder('firehose')
  const share = { index: 0, of: 1 }
  const planned = countArrivals({ phases: flow.phases, seed, share })
  await using producer = startWorker<ProducerPlan, ProducerEnd>(PRODUCER, {
    name: 'producer',
    redisUrl,
    stream,
    // Each playing counts from the same sequence on, so each needs a cursor of its own.
    cursor: cursorKey(stream, `firehose-${process.pid}-${Date.now()}`),
    highWater: HIGH_WATER,
    flow,
    share,
    seed,
    journalPath: join(folder.path, 'attempts.ndjson'),
  })
  await producer.ready
  const startAt = preciseClock.now() + HEAD_START_MS
  producer.begin(startAt)
  while (!(await settledWithin(producer.ended, LOOK_EVERY_MS))) {
    if (signal.aborted) producer.stop()
    update(`${producer.progress.acknowledged} of ${planned} events appended to ${stream}`)
  }
  const { end, self } = await producer.ended
  return {
    into: `stream ${stream}`,
    planned,
    sent: end.attempted,
    acknowledged: end.acknowledged,
    late: self.late,
    tookMs: preciseClock.now() - startAt,
    latencies: decodeLatencies(end.latencies.acknowledged),
    selves: [self],
    interrupted: signal.aborted ? (signal.reason as Error).message : null,
  }
}
