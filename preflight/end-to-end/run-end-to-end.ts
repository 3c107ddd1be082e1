import { seconds } from '#kernel/time/duration.ts'
import { isDrained } from '#loadtest/flow/judge-flow.ts'
import { observeFlow } from '#loadtest/flow/observe-flow.ts'
import { foreignRedis } from '#loadtest/stack/foreign-redis.ts'
import { startStack } from '#loadtest/stack/start-stack.ts'
import { takeStock } from '#loadtest/stack/take-stock.ts'
import { removeTraces } from '../remove-traces.ts'
import { borrowDatabase } from './borrow-database.ts'
import type { EndToEndRun } from './end-to-end-run.ts'
import { readLatencies } from './read-latencies.ts'

export interface EndToEndPlan {
  readonly events: number
  readonly rate: number
  readonly maxmemoryBytes: number
  readonly databaseUrl: string | null
  /** Somebody's Redis that may be loaded; `null` starts one of our own. */
  readonly foreignUrl: string | null
  readonly update: (progress: string) => void
  readonly signal: AbortSignal
}

/** Of this process alone, so that nothing of the operator's is ever touched. */
const FOREIGN_STREAM = `standpipe:preflight:${process.pid}:live`

const DRAIN_WITHIN = seconds(60)

/** Sends events through every process of the pipeline, waits until all have arrived, and takes stock. */
export async function runEndToEnd(plan: EndToEndPlan): Promise<EndToEndRun> {
  const { events, rate, maxmemoryBytes, databaseUrl, foreignUrl, update, signal } = plan
  await using parts = new AsyncDisposableStack()
  const borrowed = databaseUrl === null ? null : parts.use(await borrowDatabase(databaseUrl))
  let relayUrl: string | null = null
  if (foreignUrl !== null) parts.defer(() => removeTraces(foreignUrl, FOREIGN_STREAM, relayUrl))
  update('starting relay, ingester, Redis and indexer')
  const stack = parts.use(
    await startStack({
      events,
      rate,
      redisConfig: { maxmemory: String(maxmemoryBytes) },
      ...(foreignUrl === null ? {} : { redis: foreignRedis(foreignUrl), stream: FOREIGN_STREAM }),
      ...(borrowed ? { database: borrowed.url } : {}),
      signal,
    }),
  )
  relayUrl = stack.relayUrl
  const flow = parts.use(await observeFlow(stack.redis.url, stack))
  const began = performance.now()
  const drained = await flow.until(
    (sample) => {
      update(
        `${sample.entriesAdded ?? 0} of ${events} events stored, ${sample.lag ?? 'unknown'} not yet delivered`,
      )
      return isDrained(sample)
    },
    seconds(events / rate) + DRAIN_WITHIN,
    signal,
  )
  const drainedInMs = drained && performance.now() - began
  update('reconciling')
  const { ledger, state } = await takeStock(stack, [], signal)
  return {
    asked: events,
    rate,
    drainedInMs,
    ledger,
    state,
    latencies: await readLatencies(stack.databaseUrl),
    samples: flow.samples,
    maxmemoryBytes,
    database: borrowed ? 'PostgreSQL of DATABASE_URL, in a schema of its own' : 'PGlite, embedded',
  }
}
