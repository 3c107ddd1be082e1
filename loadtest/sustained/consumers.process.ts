/** The consumers of a sustained run, in a process of their own so that its memory can be told from that of the generator. */
import { onInterrupt } from '#kernel/cli/on-interrupt.ts'
import { environment } from '#kernel/config/env.ts'
import { createLog } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { milliseconds, seconds } from '#kernel/time/duration.ts'
import { preciseClock } from '#loadtest/engine/precise-clock.ts'
import { watchSelf } from '#loadtest/engine/self-watch.ts'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import { consume } from '#pipeline/consume/consume.ts'
import { indexMeter } from '#pipeline/consume/index-meter.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import { trimLoop } from '#pipeline/trim/trim-loop.ts'
import { type ConsumersWord, consumersPlanSchema, PLAN_VARIABLE } from './consumers-plan.ts'
import { notingSink } from './noting-sink.ts'

const TELL_EVERY = milliseconds(100)
const TRIM_EVERY = seconds(1)

const plan = consumersPlanSchema.parse(JSON.parse(environment()[PLAN_VARIABLE] ?? '{}'))
const interrupt = onInterrupt()
const waits = createLatencies()
const sinks = new Map(plan.groups.map((group) => [group, notingSink(waits, () => preciseClock.now())]))
const log = createLog({ name: 'sustained', level: 'silent' })
using self = watchSelf('consumers')
let failed: string | null = null

function tell(): void {
  const word: ConsumersWord = {
    groups: [...sinks].map(([group, sink]) => ({ group, committed: sink.take().map(([a, b]) => [a, b]) })),
    waits: waits.encode(),
    rssBytes: process.memoryUsage.rss(),
    self: self.read(),
    failed,
  }
  waits.reset()
  process.stdout.write(`${JSON.stringify(word)}\n`)
}

async function runConsumer(group: string, consumer: string): Promise<void> {
  const sink = sinks.get(group)
  if (!sink) return
  const membership = { stream: plan.stream, group, consumer }
  const redis = await connectRedis(plan.redisUrl, { name: 'standpipe-sustained' })
  const blocking = await connectRedis(plan.redisUrl, { name: 'standpipe-sustained', blocking: true })
  const source = { membership, dialect: divy, blocking, sink, meter: indexMeter(membership) }
  try {
    await consume(
      {
        sources: [source],
        redis,
        readCount: 500,
        claimIdle: seconds(30),
        maxFailures: 3,
        drainWithin: seconds(10),
        log,
      },
      interrupt.signal,
    )
  } catch (error) {
    failed = (error as Error).message
  } finally {
    redis.disconnect()
    blocking.disconnect()
  }
}

async function trim(): Promise<void> {
  const redis = await connectRedis(plan.redisUrl, { name: 'standpipe-sustained-trim' })
  const nothing = () => {}
  const { stream } = plan
  const heard = { onGroups: nothing, onTrimmed: nothing, onError: nothing }
  await trimLoop({ redis, stream, trim: true, every: TRIM_EVERY, ...heard }, interrupt.signal)
  redis.disconnect()
}

async function tellAlways(): Promise<void> {
  while (!interrupt.signal.aborted) {
    tell()
    await systemClock.sleep(TELL_EVERY, interrupt.signal).catch(() => {})
  }
}

const names = Array.from({ length: plan.consumers }, (_, index) => `consumer-${index + 1}`)
const running = plan.groups.flatMap((group) => names.map((name) => runConsumer(group, `${group}-${name}`)))
await Promise.all([...running, trim(), tellAlways()])
tell()
interrupt.stop()
