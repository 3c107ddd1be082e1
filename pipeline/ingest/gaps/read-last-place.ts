import type { Redis } from 'ioredis'
import { entryTime } from '#kernel/streams/entry-time.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import type { GapEnd } from '#pipeline/contract.ts'

/**
 * Up to where everything is stored: the cursor, else the time at which the stream was last written, as early as it can
 * have been where its IDs are no times. Neither, when it never was; a group that waits for a first entry does not write.
 */
export async function readLastPlace(redis: Redis, stream: string, cursor: number | null): Promise<GapEnd> {
  if (cursor !== null) return { seq: cursor, time: null }
  const id = (await readStream(redis, stream))?.lastGeneratedId ?? '0-0'
  return { seq: null, time: id === '0-0' ? null : new Date(entryTime(id) ?? 0).toISOString() }
}
