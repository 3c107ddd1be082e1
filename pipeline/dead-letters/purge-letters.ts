import type { Redis } from 'ioredis'
import type { Archive } from './open-archive.ts'
import { readLetters } from './read-letters.ts'
import type { Selection } from './selection.ts'

export interface PurgeOptions {
  /** The key of the dead-letter stream. */
  readonly letters: string
  readonly selection: Selection
  /** Whether to do it, or only to count. */
  readonly yes: boolean
  /** `null` keeps no copy. */
  readonly archive: Archive | null
  readonly signal: AbortSignal
}

/**
 * Removes the letters that are meant, page by page, each page only after it is in the archive and on the disk.
 * When it ends half-way, what was removed is in the archive, and some that are still there may be, too.
 */
export async function purgeLetters(
  redis: Redis,
  { letters, selection, yes, archive, signal }: PurgeOptions,
): Promise<{ readonly purged: number; readonly left: number }> {
  let purged = 0
  for await (const page of readLetters(redis, { letters, selection, signal })) {
    if (page.length === 0) continue
    if (!yes) {
      purged += page.length
      continue
    }
    await archive?.keep(page)
    purged += await redis.xdel(letters, ...page.map(({ id }) => id))
  }
  return { purged, left: await redis.xlen(letters) }
}
