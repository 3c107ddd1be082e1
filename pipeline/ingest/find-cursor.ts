import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { parseCursor } from './append/append-reply.ts'

export interface FoundCursor {
  readonly key: string
  /** `null` when nothing is stored there yet. */
  readonly seq: number | null
}

/**
 * Of the keys under which somebody may have stored how far he heard the relay, the one that is furthest; the first
 * when none exists. Throws `UsageError` on a value that is no cursor.
 */
export async function findCursor(
  redis: Redis,
  [first, ...others]: readonly [string, ...string[]],
): Promise<FoundCursor> {
  let found = await readCursor(redis, first)
  for (const key of others) {
    const other = await readCursor(redis, key)
    if ((other.seq ?? -1) > (found.seq ?? -1)) found = other
  }
  return found
}

async function readCursor(redis: Redis, key: string): Promise<FoundCursor> {
  const text = await redis.get(key)
  try {
    return { key, seq: parseCursor(text) }
  } catch (error) {
    throw new UsageError(
      `key "${key}" holds "${text}", which is no cursor; delete it or name another stream`,
      { cause: error },
    )
  }
}
