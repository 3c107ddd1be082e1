import type { Redis } from 'ioredis'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { ensureGroup } from '#pipeline/consume/ensure-group.ts'
import { abandonEntries } from './abandon-entries.ts'
import { gatherBooks } from './gather-books.ts'
import { isDrained } from './is-drained.ts'
import { type Layout, layOut } from './layout.ts'
import type { LoadPlan } from './load-plan.ts'
import type { LoadRun } from './load-run.ts'
import { machineCpuBetween, readMachineCpu } from './machine-cpu.ts'
import { mergeLatencies } from './merge-latencies.ts'
import { type FlowsObserver, observeFlows } from './observe-flows.ts'
import { preciseClock } from './precise-clock.ts'
import { cpuShareBetween, readRedisUse } from './read-redis-use.ts'
import { removeStreams } from './remove-streams.ts'
import { settledWithin } from './settled-within.ts'
import { type Crew, startCrew } from './start-crew.ts'

export interface RunHooks {
  readonly update: (progress: string) => void
  /** Ends the run early; what was seen until then is returned. */
  readonly signal: AbortSignal
}

/** Time for every thread to hear of the beginning. */
const HEAD_START_MS = 200
const LOOK_EVERY_MS = 100
const STOP_WITHIN = seconds(20)
/** A Redis that has been silent for so long is not waited for. */
const SILENT_FOR = seconds(15)

/**
 * Runs a scenario: warm-up and load, drain, and the reconciliation of everything sent with everything committed.
 * Throws `DependencyError` when Redis is out of reach at the start, or the ledger cannot be written; afterwards no
 * thread, key or folder of ours is left.
 */
export async function runScenario(plan: LoadPlan, hooks: RunHooks): Promise<LoadRun> {
  await using parts = new AsyncDisposableStack()
  const { scenario, redisUrl } = plan
  hooks.update('laying out the arrivals')
  const folder = plan.ledgerFolder ?? parts.use(await temporaryFolder('load')).path
  const layout = layOut(plan, folder, `standpipe:load:${process.pid}`)
  const redis = parts.adopt(await connectRedis(redisUrl, { name: 'standpipe-load' }), (client) =>
    client.disconnect(),
  )
  parts.defer(() => removeStreams(redis, layout))
  await createGroups(redis, layout)
  const crew = parts.use(await startCrew(layout, hooks.signal))
  const flows = parts.use(await observeFlows(redisUrl, layout))
  const before = { redis: await readRedisUse(redis), machine: readMachineCpu() }
  const startAt = preciseClock.now() + HEAD_START_MS
  const scene = { crew, flows, layout, redis, hooks }

  crew.begin(startAt)
  const loaded = new AbortController()
  const abandoning = Promise.all(
    layout.consumers.map((plan) =>
      abandonEntries(plan, startAt, AbortSignal.any([loaded.signal, hooks.signal])),
    ),
  )
  abandoning.catch(() => {})
  const producers = await untilProduced(scene)
  const loadedAt = preciseClock.now()
  loaded.abort()
  await abandoning.catch(() => {})
  crew.beginLate(startAt)
  const drained = await untilDrained(scene, loadedAt + seconds(scenario.drainWithin))
  const drainedAt = preciseClock.now()
  const after = { redis: await readRedisUse(redis), machine: readMachineCpu() }
  hooks.update('stopping the consumers')
  const consumers = await crew.consumed(STOP_WITHIN)
  hooks.update('reconciling')
  const books = await gatherBooks(redis, layout, scenario)

  const ends = producers.map(({ end }, place) => ({ ...end, flow: layout.producers[place]?.flowName ?? '' }))
  const consumerEnds = consumers.map(({ end }) => end)
  const names = layout.flows.map(({ name }) => name)
  return {
    scenario,
    seed: plan.seed,
    planned: layout.flows.map(({ planned }) => planned),
    producers: ends,
    consumers: consumerEnds,
    latencies: mergeLatencies(names, ends, consumerEnds),
    flows: books.map(({ stream, ...book }) => ({
      ...book,
      samples: flows.samplesOf(stream, book.group, startAt),
    })),
    selves: producers.map(({ self }) => self),
    consumerSelves: consumers.map(({ self }) => self),
    loadMs: loadedAt - startAt,
    drainMs: drained ? drainedAt - loadedAt : null,
    silentForMs: flows.silentForMs,
    redisCpuShare: cpuShareBetween(before.redis, after.redis),
    machineCpuShare: machineCpuBetween(before.machine, after.machine),
    maxmemoryBytes: after.redis?.maxmemoryBytes ?? null,
    interrupted: hooks.signal.aborted ? (hooks.signal.reason as Error).message : null,
  }
}

interface Scene {
  readonly crew: Crew
  readonly flows: FlowsObserver
  readonly layout: Layout
  readonly redis: Redis
  readonly hooks: RunHooks
}

async function createGroups(redis: Redis, { flows, consumers }: Layout): Promise<void> {
  for (const { stream } of flows) {
    for (const { group } of consumers) {
      await ensureGroup(redis, { stream, group: group.name, consumer: '' }, null)
    }
  }
}

async function untilProduced({ crew, flows, layout, hooks: { update, signal } }: Scene) {
  const planned = layout.flows.reduce((sum, flow) => sum + flow.planned, 0)
  const produced = crew.produced()
  while (!(await settledWithin(produced, LOOK_EVERY_MS))) {
    if (signal.aborted) crew.stopProducers()
    update(`${crew.attempted} of ${planned} events sent, ${flows.waiting ?? 'unknown'} not yet committed`)
  }
  return await produced
}

/** Whether every group has everything before the deadline, on the precise clock. */
async function untilDrained(
  { crew, flows, layout, redis, hooks: { update, signal } }: Scene,
  deadline: number,
): Promise<boolean> {
  const streams = layout.flows.map(({ stream }) => stream)
  while (!signal.aborted && preciseClock.now() < deadline && flows.silentForMs < SILENT_FOR) {
    if (await isDrained(redis, streams)) return true
    await crew.throwIfFailed()
    update(`draining, ${flows.waiting ?? 'unknown'} not yet committed`)
    await systemClock.sleep(LOOK_EVERY_MS, signal).catch(() => {})
  }
  return false
}
