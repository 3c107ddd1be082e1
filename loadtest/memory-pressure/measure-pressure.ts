import type { Redis } from 'ioredis'
import type { Moment } from '#kernel/report/report.ts'
import { readHorizon } from '#pipeline/trim/read-horizon.ts'
import { trimStream } from '#pipeline/trim/trim-stream.ts'
import { readSize } from '../capacity/read-size.ts'
import { createFiller, createFillerSource } from '../numbered/filler.ts'
import { createReader } from './pressure-reader.ts'
import type { MemoryLook, PressureRun } from './pressure-run.ts'
import { PROBES } from './probes.ts'
import { readCounters } from './read-counters.ts'
import { readFragmentation } from './read-fragmentation.ts'
import { tryProbes } from './try-probes.ts'

const MEMBERSHIP = { stream: 'standpipe:load:pressure', group: 'group-1', consumer: 'consumer-1' }

/** Share of the entries that a group goes on reading while nothing can be appended. */
const READ_WHILE_FULL = 0.3
/** Entries that it has settled before the limit, so that something may be trimmed. */
const SETTLED_EARLY = 500
const APPENDED_AGAIN = 2_000

/** Fills a buffer under noeviction past its limit, tries every command there, and drains it again. */
export async function measurePressure(
  redis: Redis,
  update: (progress: string) => void,
  signal: AbortSignal,
): Promise<PressureRun> {
  const { stream, group } = MEMBERSHIP
  const startedAt = performance.now()
  const looks: MemoryLook[] = []
  const timeline: Moment[] = []
  const at = () => (performance.now() - startedAt) / 1_000
  const note = (what: string, kind: Moment['kind'] = 'note') => timeline.push({ at: at(), what, kind })
  const look = async () => {
    const size = await readSize(redis)
    looks.push({ at: at(), usedBytes: size.usedBytes })
    update(
      `${filler.acknowledged} entries, ${Math.round((100 * size.usedBytes) / size.maxmemoryBytes)} % used`,
    )
    return size
  }
  const source = createFillerSource()
  const filler = createFiller(redis, stream, source)
  const reader = createReader(redis, MEMBERSHIP, filler, source)
  const until = (entries: number) => async () => {
    if (filler.acknowledged % 10_000 === 0) await look()
    return filler.acknowledged >= entries
  }

  const empty = await readFragmentation(redis)
  await filler.fill(until(2 * SETTLED_EARLY), signal)
  await redis.xgroup('CREATE', stream, group, '0')
  await reader.read(2 * SETTLED_EARLY)
  await reader.settle(SETTLED_EARLY)
  const refusal = await filler.fill(until(Number.POSITIVE_INFINITY), signal)
  const filled = filler.acknowledged
  note(`the append is refused after ${filled} entries`, 'fault')
  await look()
  const readWhileFull = await reader.read(Math.ceil(filled * READ_WHILE_FULL))
  note(`the group has read ${readWhileFull} more`)
  const beyond = await look()
  const probes = await tryProbes(PROBES, { redis, ...MEMBERSHIP, ...reader }, signal)
  const full = await readFragmentation(redis)

  await reader.settle(Number.POSITIVE_INFINITY)
  const { horizon } = await readHorizon(redis, stream)
  const trimmed = horizon.keepFrom === null ? 0 : await trimStream(redis, stream, horizon, signal)
  note(`acknowledged, and ${trimmed} entries trimmed that nobody needs`, 'recovery')
  await look()
  await filler.fill(until(filled + APPENDED_AGAIN), signal)
  const appendedAgain = filler.acknowledged - filled
  note(`${appendedAgain} more entries are appended`, 'recovery')
  await look()
  while ((await reader.read(10_000)) > 0) await reader.settle(10_000)
  note('every entry has been read')
  await look()
  const counters = await readCounters(redis)
  return {
    maxmemoryBytes: beyond.maxmemoryBytes,
    filled,
    refusal,
    refusedCalls: counters.refused,
    bytesBeyond: beyond.usedBytes - beyond.maxmemoryBytes,
    readWhileFull,
    probes,
    acknowledged: filler.acknowledged,
    appendedAgain,
    trimmed,
    evicted: counters.evicted,
    delivered: reader.finish(),
    looks,
    timeline,
    fragmentation: { empty, full, drained: await readFragmentation(redis) },
  }
}
