import type { Redis } from 'ioredis'
import { parseEntryId } from '#kernel/streams/entry-id.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import type { GapEnd } from '#pipeline/contract.ts'

/**
 * Up to where everything is stored: the cursor, else the time at which the stream was last written. Neither, when
 * it never was; a group that waits for a first entry does not write.
 */
export async function readLastPlace(redis: Redis, stream: string, cursor: number | null): Promise<GapEnd> {
  if (cursor !== null) return { seq: cursor, time: null }
  const { ms } = parseEntryId((await readStream(redis, stream))?.lastGeneratedId ?? '0-0')
  return { seq: null, time: ms === 0n ? null : new Date(Number(ms)).toISOString() }
}
