import { seconds } from '#kernel/time/duration.ts'
import type { FlowSample } from '#loadtest/flow/flow-sample.ts'
import { isDrained } from '#loadtest/flow/judge-flow.ts'
import { type FlowObserver, observeFlow } from '#loadtest/flow/observe-flow.ts'
import { foreignRedis } from '#loadtest/stack/foreign-redis.ts'
import type { StackOptions } from '#loadtest/stack/stack.ts'
import { startStack } from '#loadtest/stack/start-stack.ts'
import { takeStock } from '#loadtest/stack/take-stock.ts'
import { borrowDatabase } from './borrow-database.ts'
import type { EndToEndRun } from './end-to-end-run.ts'
import { readLatencies } from './read-latencies.ts'
import { removeTraces } from './remove-traces.ts'

export interface EndToEndPlan {
  readonly events: number
  readonly rate: number
  /** maxmemory of a Redis of our own; `null` is as it comes. */
  readonly maxmemoryBytes: number | null
  readonly databaseUrl: string | null
  /** Somebody's Redis that may be loaded; `null` starts one of our own. */
  readonly foreignUrl: string | null
  readonly seed?: number
  readonly update: (progress: string) => void
  readonly signal: AbortSignal
}

/** Of this process alone, so that nothing of the operator's is ever touched. */
const FOREIGN_STREAM = `standpipe:end-to-end:${process.pid}`

const DRAIN_WITHIN = seconds(60)

/** What taking stock of a run that was ended early may take. */
const STOCK_WITHIN = seconds(60)

/**
 * Sends events through every process of the pipeline, waits until all have arrived, and takes stock. Ended early by
 * the signal, it takes stock of what has been sent until then.
 */
export async function runEndToEnd(plan: EndToEndPlan): Promise<EndToEndRun> {
  const { events, rate, databaseUrl, foreignUrl, update, signal } = plan
  await using parts = new AsyncDisposableStack()
  const borrowed = databaseUrl === null ? null : parts.use(await borrowDatabase(databaseUrl))
  let relayUrl: string | null = null
  if (foreignUrl !== null) parts.defer(() => removeTraces(foreignUrl, FOREIGN_STREAM, relayUrl))
  update('starting relay, ingester, Redis and indexer')
  const stack = parts.use(await startStack(stackOptions(plan, borrowed?.url)))
  relayUrl = stack.relayUrl
  const flow = parts.use(await observeFlow(stack.redis.url, stack))
  const began = performance.now()
  const drained = await untilDrained(plan, flow)
  const drainedInMs = drained && performance.now() - began
  if (signal.aborted) {
    await stack.relay[Symbol.asyncDispose]()
    await stack.ingester[Symbol.asyncDispose]()
  }
  update('reconciling')
  const patience = signal.aborted ? AbortSignal.timeout(STOCK_WITHIN) : signal
  const { ledger, state } = await takeStock(stack, [], patience)
  return {
    asked: events,
    rate,
    drainedInMs,
    interrupted: signal.aborted ? (signal.reason as Error).message : null,
    ledger,
    state,
    latencies: await readLatencies(stack.databaseUrl),
    samples: flow.samples,
    maxmemoryBytes: plan.maxmemoryBytes,
    database: borrowed ? 'PostgreSQL of DATABASE_URL, in a schema of its own' : 'PGlite, embedded',
  }
}

function stackOptions(plan: EndToEndPlan, database: string | undefined): StackOptions {
  const { events, rate, seed, maxmemoryBytes, foreignUrl, signal } = plan
  return {
    events,
    rate,
    signal,
    ...(seed === undefined ? {} : { seed }),
    ...(maxmemoryBytes === null ? {} : { redisConfig: { maxmemory: String(maxmemoryBytes) } }),
    ...(foreignUrl === null ? {} : { redis: foreignRedis(foreignUrl), stream: FOREIGN_STREAM }),
    ...(database === undefined ? {} : { database }),
  }
}

/** `null` when the deadline passed before, or the signal aborted. */
async function untilDrained(
  { events, rate, update, signal }: EndToEndPlan,
  flow: FlowObserver,
): Promise<FlowSample | null> {
  const seen = (sample: FlowSample) => {
    const { entriesAdded, lag } = sample
    update(`${entriesAdded ?? 0} of ${events} events stored, ${lag ?? 'unknown'} not yet delivered`)
    return isDrained(sample)
  }
  try {
    return await flow.until(seen, seconds(events / rate) + DRAIN_WITHIN, signal)
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}
