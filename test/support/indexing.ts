import type { Redis } from 'ioredis'
import { createLog } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { type ConsumeOptions, consume } from '#pipeline/consume/consume.ts'
import { indexMeter, indexMetrics } from '#pipeline/consume/index-meter.ts'
import { EVENT_FIELD, LIVE_GROUP, LIVE_STREAM, type StreamEvent } from '#pipeline/contract.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
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

export type IndexingOptions = Partial<Omit<ConsumeOptions, 'sources' | 'redis' | 'log'>> & {
  readonly consumer?: string
  readonly sink?: Sink
  readonly dialect?: Dialect
  /** Less urgent streams to read beside the live one, each with its sink. */
  readonly others?: Readonly<Record<string, Sink>>
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
  { consumer = 'indexer-1', sink, dialect = divy, others = {}, ...options }: IndexingOptions & { sink: Sink },
): Promise<Indexing> {
  const stopping = new AbortController()
  await using open = new AsyncDisposableStack()
  const connect = async (blocking: boolean) =>
    open.adopt(await connectRedis(url, { name: consumer, blocking }), (client) => client.disconnect())
  const redis = await connect(false)
  const metrics = indexMetrics()
  const toSource = async (stream: string, into: Sink) => {
    const membership = { stream, group: dialect.groups.live, consumer }
    return {
      membership,
      dialect,
      blocking: await connect(true),
      sink: into,
      meter: indexMeter(membership, metrics),
    }
  }
  const live = await toSource(dialect.streams.live, sink)
  const less = await Promise.all(Object.entries(others).map(([stream, into]) => toSource(stream, into)))
  const log = createLog({ name: consumer, level: 'silent' })
  const rules = { readCount: 100, claimIdle: seconds(60), maxFailures: 3, drainWithin: seconds(5) }
  const done = consume({ sources: [live, ...less], redis, log, ...rules, ...options }, stopping.signal)
  done.catch(() => {})
  const connections = open.move()
  const stop = async () => {
    stopping.abort()
    try {
      await done
    } finally {
      await connections.disposeAsync()
    }
  }
  return {
    stop,
    async counted(name) {
      const metric = await metrics.registry.getSingleMetric(name)?.get()
      if (!metric) throw new Error(`no metric named ${name}`)
      return metric.values.reduce((sum, { value }) => sum + value, 0)
    },
    [Symbol.asyncDispose]: () => stop().catch(() => {}),
  }
}

/** Adds events as the ingester does, one entry each; returns their IDs. */
export async function append(
  redis: Redis,
  events: readonly StreamEvent[],
  stream: string = LIVE_STREAM,
): Promise<string[]> {
  const pipeline = redis.pipeline()
  for (const event of events) pipeline.xadd(stream, '*', EVENT_FIELD, JSON.stringify(event))
  const replies = (await pipeline.exec()) ?? []
  return replies.map(([error, id]) => {
    if (error) throw error
    return String(id)
  })
}

/** How many entries the live group has pending. */
export async function pendingCount(redis: Redis, stream: string = LIVE_STREAM): Promise<number> {
  const [count] = (await redis.xpending(stream, LIVE_GROUP)) as [number]
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
