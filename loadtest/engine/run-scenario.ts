import { hostname } from 'node:os'
import type { Redis } from 'ioredis'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { ensureGroup } from '#pipeline/consume/ensure-group.ts'
import { abandonEntries } from './abandon-entries.ts'
import { gatherBooks } from './gather-books.ts'
import { type Layout, layOut } from './layout.ts'
import type { LoadPlan } from './load-plan.ts'
import type { LoadRun } from './load-run.ts'
import { machineCpuBetween, readMachineCpu } from './machine-cpu.ts'
import { mergeLatencies } from './merge-latencies.ts'
import { observeFlows } from './observe-flows.ts'
import { openLedgerFolder } from './open-ledger-folder.ts'
import { preciseClock } from './precise-clock.ts'
import { cpuShareBetween, readRedisUse } from './read-redis-use.ts'
import { removeStreams } from './remove-streams.ts'
import type { RunHooks } from './run-hooks.ts'
import { startCrew } from './start-crew.ts'
import { untilDrained, untilProduced } from './wait-for-load.ts'

/** Time for every thread to hear of the beginning. */
const HEAD_START_MS = 200
const STOP_WITHIN = seconds(20)

/**
 * Runs a scenario: warm-up and load, drain, and the reconciliation of everything sent with everything committed.
 * Throws `DependencyError` when Redis is out of reach at the start, or the ledger cannot be written; afterwards no
 * thread, key or folder of ours is left.
 */
export async function runScenario(plan: LoadPlan, hooks: RunHooks): Promise<LoadRun> {
  await using parts = new AsyncDisposableStack()
  const { scenario, redisUrl } = plan
  hooks.update('laying out the arrivals')
  const folder = parts.use(await openLedgerFolder(plan.ledgerFolder))
  const layout = layOut(plan, folder.path, `standpipe:load:${hostname()}-${process.pid}`)
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

async function createGroups(redis: Redis, { flows, consumers }: Layout): Promise<void> {
  for (const { stream } of flows) {
    for (const { group } of consumers) {
      await ensureGroup(redis, { stream, group: group.name, consumer: '' }, null)
    }
  }
}
