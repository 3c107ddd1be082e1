import type { Redis } from 'ioredis'
import { entryTime } from '#kernel/streams/entry-time.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import type { GapEnd } from '#pipeline/contract.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'

/**
 * Up to where everything is stored: the cursor, and the time of the newest event in the stream, which came no later.
 * Without a cursor it is at least the time at which the stream was last written, as early as it can have been where
 * its IDs are no times. Neither, when it never was; a group that waits for a first entry does not write.
 */
export async function readLastPlace(
  redis: Redis,
  stream: string,
  cursor: number | null,
  dialect: Dialect,
): Promise<GapEnd> {
  const time = await newestEventTime(redis, stream, dialect)
  if (cursor !== null || time !== null) return { seq: cursor, time }
  const id = (await readStream(redis, stream))?.lastGeneratedId ?? '0-0'
  return { seq: null, time: id === '0-0' ? null : new Date(entryTime(id) ?? 0).toISOString() }
}

/** `null` where the stream is empty, its end cannot be read, or its dialect does not carry the relay's times. */
async function newestEventTime(
  redis: Redis,
  stream: string,
  { decode, lacks }: Dialect,
): Promise<string | null> {
  if (lacks.some(({ field }) => field === 'time')) return null
  const [newest] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1)
  const [event] = newest ? decode(...newest).events : []
  return event && Number.isFinite(Date.parse(event.time)) ? event.time : null
}
