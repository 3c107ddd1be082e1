import type { Redis } from 'ioredis'
import type { Step } from '#kernel/cli/step.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import type { SectionEnd } from '#loadtest/numbered/section-end.ts'
import { stepOf } from '#loadtest/numbered/step-of.ts'
import type { EvictionCase, EvictionRun } from './eviction-run.ts'
import { measureEviction } from './measure-eviction.ts'
import { measurePressure } from './measure-pressure.ts'
import { toEvictionSection } from './to-eviction-section.ts'
import { toPressureSection } from './to-pressure-section.ts'

const CASES: readonly EvictionCase[] = [
  { policy: 'allkeys-lru', expires: false },
  { policy: 'volatile-lru', expires: true },
  { policy: 'volatile-lru', expires: false },
]

/** The questions of a memory-pressure run, each on a server of its own with that maxmemory, in bytes. */
export function pressureSteps(maxmemory: number): Step<SectionEnd>[] {
  return [
    stepOf('What does a full buffer do?', (title, update, signal) =>
      withServer({ maxmemory: String(maxmemory) }, async (redis) =>
        toPressureSection(title, await measurePressure(redis, update, signal)),
      ),
    ),
    stepOf('What would another policy have left of it?', async (title, update, signal) => {
      const runs: EvictionRun[] = []
      for (const one of CASES) {
        update(one.policy)
        const config = { maxmemory: String(maxmemory), 'maxmemory-policy': one.policy }
        runs.push(await withServer(config, (redis) => measureEviction(redis, one, signal)))
      }
      return toEvictionSection(title, runs)
    }),
  ]
}

async function withServer<T>(
  config: Readonly<Record<string, string>>,
  work: (redis: Redis) => Promise<T>,
): Promise<T> {
  await using server = await startPrivateRedis({ config })
  const how = { name: 'standpipe-load-pressure', advice: 'the run cannot go on' }
  return await borrowRedis(server.url, how, work)
}
