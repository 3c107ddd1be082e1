import type { Redis } from 'ioredis'
import { createLog } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import { consume } from '#pipeline/consume/consume.ts'
import { indexMeter } from '#pipeline/consume/index-meter.ts'
import type { Source } from '#pipeline/consume/source.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import { trimLoop } from '#pipeline/trim/trim-loop.ts'
import type { ConsumerEnd, ConsumerPlan } from './consumer-plan.ts'
import { counting } from './counting.ts'
import { openEffectLog } from './effect-log.ts'
import { loadSink } from './load-sink.ts'
import { type ObservedFlow, observing, tell } from './observed-flow.ts'
import { openSeenEntries } from './seen-entries.ts'

export interface ConsumeLoadOptions {
  /** The moment at which slot 0 is due. */
  readonly begin: () => Promise<number>
  /** Ends the reading; what is held is finished and acknowledged. */
  readonly signal: AbortSignal
}

const DRAIN_WITHIN = seconds(10)

/** Runs the consumers of one group, the product's own, into a sink that keeps the ledger. */
export async function consumeLoad(plan: ConsumerPlan, options: ConsumeLoadOptions): Promise<ConsumerEnd> {
  await using open = new AsyncDisposableStack()
  const effects = open.use(openEffectLog(plan.effectsPath))
  const connect = async (blocking: boolean): Promise<Redis> => {
    const name = `standpipe-load-${plan.group.name}`
    return open.adopt(await connectRedis(plan.redisUrl, { name, blocking }), (redis) => redis.disconnect())
  }
  const redis = await connect(false)
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const counts = { redelivered: 0, reclaimed: 0, lostBodies: 0, redisErrors: 0 }
  const startAt = await options.begin()
  const flows = plan.streams.map(({ stream, seen }, flow) => ({
    stream,
    flow,
    seen: openSeenEntries(seen),
    // An entry carries its time to the millisecond, rounded down.
    toldFrom: Math.floor(startAt + (plan.toldFromMs[flow] ?? 0)),
    delivered: createLatencies(),
    committed: createLatencies(),
    claimed: createLatencies(),
  }))
  const toSource = async (flow: ObservedFlow, consumer: string): Promise<Source> => {
    const membership = { stream: flow.stream, group: plan.group.name, consumer }
    return {
      membership,
      dialect: observing(divy, flow, startAt, counts),
      blocking: await connect(true),
      meter: counting(indexMeter(membership), counts),
      sink: loadSink({
        ...flow,
        effects,
        commitMs: plan.group.commitMs,
        onCommitted: ({ time }) => tell(flow.committed, time, flow.toldFrom),
        onFailure: (error) => failed.abort(error),
      }),
    }
  }
  const runConsumer = async (consumer: string): Promise<void> => {
    const [first, ...others] = await Promise.all(flows.map((flow) => toSource(flow, consumer)))
    if (!first) return
    await consume(
      {
        sources: [first, ...others],
        redis,
        readCount: plan.group.readCount,
        claimIdle: seconds(plan.group.claimIdle),
        maxFailures: 3,
        drainWithin: DRAIN_WITHIN,
        log: createLog({ name: 'load', level: 'silent' }),
      },
      signal,
    )
  }
  const names = Array.from({ length: plan.group.consumers }, (_, index) => `${plan.group.name}-${index + 1}`)
  const trimming = plan.trims ? flows.map(({ stream }) => trimmed(redis, stream, signal)) : []
  const ends = await Promise.allSettled(names.map(runConsumer))
  await Promise.all(trimming)
  failed.signal.throwIfAborted()
  const undrained = ends.find((end) => end.status === 'rejected')
  return {
    group: plan.group.name,
    latencies: flows.map(({ delivered, committed, claimed }) => ({
      delivered: delivered.encode(),
      committed: committed.encode(),
      claimed: claimed.encode(),
    })),
    ...counts,
    undrained: undrained ? (undrained.reason as Error).message : null,
  }
}

function trimmed(redis: Redis, stream: string, signal: AbortSignal): Promise<void> {
  const nothing = () => {}
  return trimLoop(
    { redis, stream, trim: true, onGroups: nothing, onTrimmed: nothing, onError: nothing },
    signal,
  )
}
