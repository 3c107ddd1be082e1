import type { Step } from '#kernel/cli/step.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import type { SectionEnd } from '../numbered/section-end.ts'
import { stepOf } from '../numbered/step-of.ts'
import type { AofPolicy, BaselinePlan } from './baseline-plan.ts'
import type { CellRun } from './cell.ts'
import { measureMatrix } from './measure-matrix.ts'
import { type Benchmarked, runRedisBenchmark } from './redis-benchmark.ts'
import { toBaselineSection } from './to-baseline-section.ts'

const BENCHMARK_CALLS = 20_000

const CONFIG: Readonly<Record<AofPolicy, Readonly<Record<string, string>>>> = {
  off: { appendonly: 'no' },
  everysec: { appendfsync: 'everysec' },
  always: { appendfsync: 'always' },
}

const NAMES: Readonly<Record<AofPolicy, string>> = {
  off: 'without an append-only file',
  everysec: 'with appendfsync everysec',
  always: 'with appendfsync always',
}

/** One section per policy of the append-only file, each on a server of its own. */
export function ownSteps(plan: BaselinePlan): Step<SectionEnd>[] {
  return plan.aof.map((policy) =>
    stepOf(`What can it do ${NAMES[policy]}?`, async (title, update, signal) => {
      await using server = await startPrivateRedis({ listen: 'loopback', config: CONFIG[policy] })
      const runs = await measured(server.url, plan, update, signal)
      return toBaselineSection(title, runs, await benchmark(server.url, plan, update, signal))
    }),
  )
}

/** The Redis of an operator is measured as it is configured. */
export function foreignStep(url: string, plan: BaselinePlan): Step<SectionEnd> {
  return stepOf('What can it do as it is configured?', async (title, update, signal) =>
    toBaselineSection(title, await measured(url, plan, update, signal), []),
  )
}

async function measured(
  url: string,
  plan: BaselinePlan,
  update: (progress: string) => void,
  signal: AbortSignal,
): Promise<CellRun[]> {
  const how = { name: 'standpipe-load-baseline', advice: 'the run cannot go on' }
  return await borrowRedis(url, how, (redis) => measureMatrix(redis, url, plan, update, signal))
}

async function benchmark(
  url: string,
  { payloads, clients }: BaselinePlan,
  update: (progress: string) => void,
  signal: AbortSignal,
): Promise<Benchmarked[]> {
  const tool = findExecutable('redis-benchmark')
  if (tool === null) return []
  update('redis-benchmark, for comparison')
  const payloadBytes = payloads[Math.floor((payloads.length - 1) / 2)] ?? 600
  const size = { clients: Math.max(...clients), payloadBytes, calls: BENCHMARK_CALLS }
  return await runRedisBenchmark(tool, url, size, signal)
}
