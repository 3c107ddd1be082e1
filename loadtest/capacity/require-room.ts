import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { UsageError } from '#kernel/errors.ts'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { readSize } from './read-size.ts'

/** What an entry may take at the most, with its share of pending entries and buffers. */
const MEMORY_PER_ENTRY = 1_000
const DISK_PER_ENTRY = 1_000

/**
 * Throws `UsageError` unless that many entries fit: into the maxmemory of the Redis at `redisUrl`, or into memory and
 * disk of this machine where we start one.
 */
export async function requireRoom(entries: number, redisUrl: string | undefined): Promise<void> {
  if (redisUrl !== undefined)
    return requireWithin(entries * MEMORY_PER_ENTRY, await freeIn(redisUrl), 'maxmemory')
  requireWithin(entries * MEMORY_PER_ENTRY, process.availableMemory(), 'memory')
  const disk = await statfs(tmpdir())
  requireWithin(entries * DISK_PER_ENTRY, disk.bavail * disk.bsize, `disk in ${tmpdir()}`)
}

async function freeIn(redisUrl: string): Promise<number> {
  const how = { name: 'standpipe-load', advice: 'nothing was loaded' }
  const { maxmemoryBytes, usedBytes } = await borrowRedis(redisUrl, how, readSize)
  return maxmemoryBytes === 0 ? Number.POSITIVE_INFINITY : maxmemoryBytes - usedBytes
}

function requireWithin(needed: number, free: number, what: string): void {
  if (needed <= free) return
  throw new UsageError(
    `it may need ${formatMeasure(needed, 'bytes')} of ${what} and ${formatMeasure(free, 'bytes')} are free; ask for fewer --events`,
  )
}
