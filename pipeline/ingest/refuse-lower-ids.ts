import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { parseEntryId } from '#kernel/streams/entry-id.ts'
import { readStream } from '#kernel/streams/read-stream.ts'

/**
 * Throws `UsageError` when entries that are numbered by the sequences behind `cursor` would come before what the stream
 * has had already: Redis would refuse them, one and all.
 */
export async function refuseLowerIds(redis: Redis, stream: string, cursor: number | null): Promise<void> {
  const last = (await readStream(redis, stream))?.lastGeneratedId ?? '0-0'
  if (last === '0-0' || (cursor !== null && parseEntryId(last).ms <= BigInt(cursor))) return
  const from = cursor === null ? 'no cursor is stored' : `the cursor is ${cursor}`
  throw new UsageError(
    `stream "${stream}" has come to ID ${last} and ${from}: with --entry-id seq, IDs would go backwards; ` +
      'use --entry-id time, name a new --stream, or set the cursor behind that ID',
  )
}
