import { readFile } from 'node:fs/promises'
import type { Redis } from 'ioredis'
import type { Child } from '#kernel/process/child.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'

/** One run of an ingester against the flood. */
export interface Measured {
  /** Entries per second, once it had warmed up. */
  readonly rate: number
  /** Most memory it held, in bytes; `null` where the system does not tell. */
  readonly maxRss: number | null
}

/** How long to measure, in milliseconds, and behind how many entries. */
export interface Round {
  readonly lasts: number
  readonly warmUpEntries: number
}

/** Counts what arrives in the stream. */
export async function measureIngester(
  ingester: Child,
  redis: Redis,
  stream: string,
  { lasts, warmUpEntries }: Round,
  signal: AbortSignal,
): Promise<Measured> {
  await until(async () => mustRun(ingester) && (await redis.xlen(stream)) >= warmUpEntries, {
    within: seconds(30),
    what: `entries from ${ingester.name}`,
    signal,
  })
  const startedAt = performance.now()
  const before = await redis.xlen(stream)
  await systemClock.sleep(lasts, signal)
  const after = await redis.xlen(stream)
  const took = (performance.now() - startedAt) / 1_000
  mustRun(ingester)
  return { rate: (after - before) / took, maxRss: await readMaxRss(ingester.pid) }
}

function mustRun({ exit, name, output }: Child): true {
  if (exit === null) return true
  throw new Error(`${name} ended with ${exit}: ${output.slice(-5).join(' | ')}`)
}

async function readMaxRss(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
  return kibibytes === undefined ? null : Number(kibibytes) * 1_024
}
