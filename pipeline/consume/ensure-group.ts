import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import type { Membership } from './membership.ts'

const SCRIPT = readFileSync(new URL('./create-group.lua', import.meta.url), 'utf8')

/**
 * Creates the group when it is absent, and says whether it did. It begins where the sink's position is:
 * `0` would deliver everything again and `$` would skip what nobody has read. A position beyond the stream's
 * last ID was taken in another stream of this name, so it says nothing and the group begins at `0`.
 * Works on a Redis whose memory is full.
 */
export async function ensureGroup(
  redis: Redis,
  { stream, group }: Membership,
  position: string | null,
): Promise<boolean> {
  const state = await readStream(redis, stream)
  const valid = position !== null && compareEntryIds(position, state?.lastGeneratedId ?? '0-0') <= 0
  try {
    await redis.eval(SCRIPT, 1, stream, group, valid ? position : '0')
    return true
  } catch (error) {
    if (isReplyError(error, 'BUSYGROUP')) return false
    throw error
  }
}
