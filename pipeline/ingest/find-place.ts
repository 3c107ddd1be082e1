import type { Redis } from 'ioredis'
import { cursorKey, type GapEnd, gapStream } from '#pipeline/contract.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import { type FoundCursor, findCursor } from './find-cursor.ts'
import { readLastPlace } from './gaps/read-last-place.ts'
import type { IngesterOptions } from './ingester-options.ts'
import { refuseLowerIds } from './refuse-lower-ids.ts'

/** What an ingester finds in Redis when it begins. */
export interface Place extends Pick<FoundCursor, 'key' | 'theirKeys'> {
  readonly last: GapEnd
  readonly openGaps: number
}

/** Throws `UsageError` when a stored cursor is none, or the stream cannot go on from it. */
export async function findPlace(
  redis: Redis,
  { dialect = divy, cursorKey: named, stream, relay, entryId }: IngesterOptions,
): Promise<Place> {
  const { key, seq, theirKeys } = await findCursor(redis, {
    ours: cursorKey(stream, relay),
    theirs: named ? [named] : dialect.cursorKeys(stream, relay),
    rewind: dialect.cursorRewind,
  })
  if (entryId === 'seq') await refuseLowerIds(redis, stream, seq)
  const last = await readLastPlace(redis, stream, seq, dialect)
  return { key, theirKeys, last, openGaps: await redis.xlen(gapStream(stream)) }
}
