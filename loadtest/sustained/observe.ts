import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { preciseClock } from '#loadtest/engine/precise-clock.ts'
import { watchSelf } from '#loadtest/engine/self-watch.ts'
import { createLatencies, decodeLatencies, type Latencies } from '#loadtest/latency/latencies.ts'
import type { ConsumersWord } from './consumers-plan.ts'
import { produceSteadily } from './produce-steadily.ts'
import { readServer } from './read-server.ts'
import { rollingLedger } from './rolling-ledger.ts'
import type { Snapshot, WaitsOfLook } from './snapshot.ts'
import { startConsumers } from './start-consumers.ts'
import type { SustainedPlan } from './sustained-plan.ts'

export interface Observed {
  readonly plan: SustainedPlan
  readonly redis: Redis
  readonly redisUrl: string
  readonly stream: string
  readonly cursor: string
  readonly signal: AbortSignal
}

/** Writers and readers at work, and whoever keeps the books about them. */
export interface Observer extends AsyncDisposable {
  /** Resolves when the last arrival is out. */
  readonly sent: Promise<void>
  /** Whether Redis has confirmed all that was sent. */
  readonly isConfirmed: boolean
  look(draining: boolean): Promise<Snapshot>
  /** Lets the readers finish; what they did is in the next look. */
  stop(): Promise<void>
  /** Throws `DependencyError` when the readers are gone, or Redis has not answered for three looks and a minute. */
  throwIfFailed(): void
}

const GONE_AFTER_MS = 60_000
const GONE_AFTER_LOOKS = 3

/** Starts readers, then writers. */
export async function observe({
  plan,
  redis,
  redisUrl,
  stream,
  cursor,
  signal,
}: Observed): Promise<Observer> {
  await using parts = new AsyncDisposableStack()
  const ledgers = new Map(plan.groups.map((group) => [group, rollingLedger()]))
  const acknowledgedWaits = createLatencies()
  const committedWaits = createLatencies()
  const self = parts.use(watchSelf('generator'))
  let latest: ConsumersWord | null = null
  let attempted = () => 0
  const consumers = parts.use(
    await startConsumers(
      { redisUrl, stream, groups: [...plan.groups], consumers: plan.consumers },
      (word) => {
        latest = word
        committedWaits.merge(decodeLatencies(word.waits))
        for (const { group, committed } of word.groups) {
          for (const [first, last] of committed) ledgers.get(group)?.commit(first, last, attempted())
        }
      },
    ),
  )
  const producer = parts.use(
    produceSteadily(plan, { redis, stream, cursor, waits: acknowledgedWaits, self, signal }),
  )
  attempted = () => producer.attempted
  let answeredAt = performance.now()
  let unanswered = 0
  const owned = parts.move()
  return {
    sent: producer.sent,
    get isConfirmed() {
      return producer.acknowledged >= producer.attempted
    },
    async look(draining) {
      const server = await readServer(redis, stream)
      unanswered = server ? 0 : unanswered + 1
      if (server) answeredAt = performance.now()
      return {
        at: (preciseClock.now() - producer.startAt) / 1_000,
        draining,
        attempted: producer.attempted,
        acknowledged: producer.acknowledged,
        groups: [...ledgers].map(([group, ledger]) => ({
          group,
          committed: ledger.committed,
          again: ledger.again,
          unexpected: ledger.unexpected,
          missing: ledger.missing(producer.acknowledged),
        })),
        redis: server,
        rss: { generator: process.memoryUsage.rss(), consumers: latest?.rssBytes ?? 0 },
        selves: [self.read(), ...(latest ? [latest.self] : [])],
        acknowledgedWaits: takeWaits(acknowledgedWaits),
        committedWaits: takeWaits(committedWaits),
      }
    },
    stop: () => consumers.stop(),
    throwIfFailed() {
      if (consumers.failed !== null) throw new DependencyError(`the consumers stopped: ${consumers.failed}`)
      if (unanswered < GONE_AFTER_LOOKS || performance.now() - answeredAt < GONE_AFTER_MS) return
      throw new DependencyError(
        `Redis has not answered for ${Math.round((performance.now() - answeredAt) / 1_000)} s; look whether it still runs`,
      )
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** What was recorded since the last time this was asked. */
function takeWaits(latencies: Latencies): WaitsOfLook {
  const taken = { p50: latencies.at(50), p99: latencies.at(99), histogram: latencies.encode() }
  latencies.reset()
  return taken
}
