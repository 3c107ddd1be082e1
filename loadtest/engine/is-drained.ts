import type { Redis } from 'ioredis'
import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { readStream } from '#kernel/streams/read-stream.ts'

/**
 * Whether every group of these streams was handed the last entry and has acknowledged everything. A Redis that does
 * not answer has drained nothing.
 */
export async function isDrained(redis: Redis, streams: readonly string[]): Promise<boolean> {
  try {
    return (await Promise.all(streams.map((stream) => isStreamDrained(redis, stream)))).every(Boolean)
  } catch {
    return false
  }
}

async function isStreamDrained(redis: Redis, stream: string): Promise<boolean> {
  const groups = await readGroups(redis, stream)
  const end = (await readStream(redis, stream))?.lastGeneratedId ?? '0-0'
  return groups.every(
    ({ pending, lastDeliveredId }) => pending === 0 && compareEntryIds(lastDeliveredId, end) >= 0,
  )
}
