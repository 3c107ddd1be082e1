import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { UsageError } from '#kernel/errors.ts'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { readSize } from './read-size.ts'

/** What an entry may take at the most, with its share of pending entries and buffers; the same on disk. */
export const ENTRY_BYTES = 1_000

export interface RoomNeed {
  readonly bytes: number
  /** The Redis that they go into; `undefined` where we start one, which takes them from this machine. */
  readonly redisUrl: string | undefined
  /** What to ask for instead, with its flag. */
  readonly advice: string
}

/** Throws `UsageError` unless it fits: into the maxmemory of that Redis, or into memory and disk of this machine. */
export async function requireRoom({ bytes, redisUrl, advice }: RoomNeed): Promise<void> {
  const requireWithin = (free: number, what: string) => {
    if (bytes <= free) return
    const sizes = [bytes, free].map((size) => formatMeasure(size, 'bytes'))
    throw new UsageError(`it may need ${sizes[0]} of ${what} and ${sizes[1]} are free; ${advice}`)
  }
  if (redisUrl !== undefined) return requireWithin(await freeIn(redisUrl), 'maxmemory')
  requireWithin(process.availableMemory(), 'memory')
  const disk = await statfs(tmpdir())
  requireWithin(disk.bavail * disk.bsize, `disk in ${tmpdir()}`)
}

async function freeIn(redisUrl: string): Promise<number> {
  const how = { name: 'standpipe-load', advice: 'nothing was loaded' }
  const { maxmemoryBytes, usedBytes } = await borrowRedis(redisUrl, how, readSize)
  return maxmemoryBytes === 0 ? Number.POSITIVE_INFINITY : maxmemoryBytes - usedBytes
}
