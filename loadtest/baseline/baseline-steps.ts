import type { Step } from '#kernel/cli/step.ts'
import { DependencyError } from '#kernel/errors.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import type { SectionEnd } from '../numbered/section-end.ts'
import { stepOf } from '../numbered/step-of.ts'
import type { AofPolicy, BaselinePlan } from './baseline-plan.ts'
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
      const runs = await told(measureMatrix(server.url, plan, update, signal), signal)
      return toBaselineSection(title, runs, await benchmark(server.url, plan, update, signal))
    }),
  )
}

/** The Redis of an operator is measured as it is configured. */
export function foreignStep(url: string, plan: BaselinePlan): Step<SectionEnd> {
  return stepOf('What can it do as it is configured?', async (title, update, signal) =>
    toBaselineSection(title, await told(measureMatrix(url, plan, update, signal), signal), []),
  )
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

/** A server that dies or refuses in the middle is an operator's sentence, not a stack. */
async function told<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work
  } catch (error) {
    signal.throwIfAborted()
    throw new DependencyError(`Redis did not finish: ${(error as Error).message}; the run cannot go on`, {
      cause: error,
    })
  }
}
