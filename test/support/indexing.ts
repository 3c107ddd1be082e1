import type { Redis } from 'ioredis'
import { createLog } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { type ConsumeOptions, consume } from '#pipeline/consume/consume.ts'
import { indexMeter } from '#pipeline/consume/index-meter.ts'
import { EVENT_FIELD, LIVE_GROUP, LIVE_STREAM, type StreamEvent } from '#pipeline/contract.ts'
import type { Database } from '#pipeline/sinks/postgres/database.ts'
import { migrate } from '#pipeline/sinks/postgres/migrate.ts'
import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'
import { postgresSink } from '#pipeline/sinks/postgres/postgres-sink.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import { test as base } from './redis.ts'
import { emptyTables } from './sink-conformance.ts'

/** A consumer at work inside the test; disposing of it drains it. */
export interface Indexing extends AsyncDisposable {
  /** Tells it to stop and waits until it has drained; rejects as the consumer does. */
  stop(): Promise<void>
  /** The value of one of its counters, over all labels. */
  counted(name: string): Promise<number>
}

export type IndexingOptions = Partial<Omit<ConsumeOptions, 'membership' | 'meter' | 'log'>> & {
  readonly consumer?: string
}

/** `test` with a private Redis, an embedded PostgreSQL with empty tables, its sink, and consumers to start. */
export const test = base.extend<{
  embedded: Database
  database: Database
  sink: Sink
  index: (options?: IndexingOptions) => Promise<Indexing>
}>({
  embedded: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
    async ({}, use) => {
      await using embedded = await openDatabase('pglite://memory')
      await migrate(embedded)
      await use(embedded)
    },
    { scope: 'file' },
  ],
  database: async ({ embedded }, use) => {
    await emptyTables(embedded)
    await use(embedded)
  },
  sink: async ({ database }, use) => {
    const names = { stream: LIVE_STREAM, group: LIVE_GROUP }
    await use(await postgresSink(database, { ...names, lanes: null, recordEffects: true }))
  },
  index: async ({ server, sink }, use) => {
    await using started = new AsyncDisposableStack()
    await use(async (options = {}) => started.use(await startIndexing(server.url, { sink, ...options })))
  },
})

async function startIndexing(
  url: string,
  { consumer = 'indexer-1', sink, ...options }: IndexingOptions & { sink: Sink },
): Promise<Indexing> {
  const stopping = new AbortController()
  const redis = await connectRedis(url, { name: consumer })
  const blocking = await connectRedis(url, { name: consumer, blocking: true })
  const membership = { stream: LIVE_STREAM, group: LIVE_GROUP, consumer }
  const meter = indexMeter(membership)
  const log = createLog({ name: consumer, level: 'silent' })
  const rules = { readCount: 100, claimIdle: seconds(60), maxFailures: 3, drainWithin: seconds(5) }
  const settings = { membership, redis, blocking, sink, meter, log, ...rules }
  const done = consume({ ...settings, ...options }, stopping.signal)
  done.catch(() => {})
  const stop = async () => {
    stopping.abort()
    try {
      await done
    } finally {
      redis.disconnect()
      blocking.disconnect()
    }
  }
  return {
    stop,
    async counted(name) {
      const metric = await meter.registry.getSingleMetric(name)?.get()
      if (!metric) throw new Error(`no metric named ${name}`)
      return metric.values.reduce((sum, { value }) => sum + value, 0)
    },
    [Symbol.asyncDispose]: () => stop().catch(() => {}),
  }
}

/** Adds events as the ingester does, one entry each; returns their IDs. */
export async function append(redis: Redis, events: readonly StreamEvent[]): Promise<string[]> {
  const pipeline = redis.pipeline()
  for (const event of events) pipeline.xadd(LIVE_STREAM, '*', EVENT_FIELD, JSON.stringify(event))
  const replies = (await pipeline.exec()) ?? []
  return replies.map(([error, id]) => {
    if (error) throw error
    return String(id)
  })
}

/** How many entries the live group has pending. */
export async function pendingCount(redis: Redis): Promise<number> {
  const [count] = (await redis.xpending(LIVE_STREAM, LIVE_GROUP)) as [number]
  return count
}

export interface EffectRow {
  readonly entry_id: string
  readonly did: string
  readonly rev: string
  readonly rkey: string
  readonly action: string
  readonly applied: boolean
}

/** What was committed, in the order of the commits. */
export async function effects(database: Database): Promise<readonly EffectRow[]> {
  const { rows } = await database.query<EffectRow>(
    'SELECT entry_id, did, rev, rkey, action, applied FROM effect ORDER BY committed_at',
  )
  return rows
}
