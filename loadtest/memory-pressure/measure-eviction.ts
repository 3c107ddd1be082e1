import type { Redis } from 'ioredis'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { readSize } from '../capacity/read-size.ts'
import { createFiller, createFillerSource } from '../numbered/filler.ts'
import type { EvictionCase, EvictionRun } from './eviction-run.ts'
import { readCounters } from './read-counters.ts'

const STREAM = 'standpipe:load:eviction'
const GROUP = 'group-1'
/** Bytes that an entry takes at the least: whoever has appended twice the limit has crossed it. */
const LEAST_BYTES = 300

/** Fills the buffer until Redis evicts or refuses, and looks what is left. The server has the policy already. */
export async function measureEviction(
  redis: Redis,
  { policy, expires }: EvictionCase,
  signal: AbortSignal,
): Promise<EvictionRun> {
  await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
  if (expires) await redis.expire(STREAM, 3_600)
  const filler = createFiller(redis, STREAM, createFillerSource())
  const { maxmemoryBytes } = await readSize(redis)
  const most = (2 * maxmemoryBytes) / LEAST_BYTES
  const enough = async () => (await readCounters(redis)).evicted > 0 || filler.acknowledged > most
  const refusal = await filler.fill(enough, signal)
  const groups = (await redis.exists(STREAM)) === 0 ? [] : await readGroups(redis, STREAM)
  return {
    policy,
    expires,
    acknowledged: filler.acknowledged,
    left: await redis.xlen(STREAM),
    groupLeft: groups.some(({ name }) => name === GROUP),
    evicted: (await readCounters(redis)).evicted,
    refusal,
  }
}
