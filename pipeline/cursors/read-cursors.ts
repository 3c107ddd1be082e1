import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { gatherAges } from './gather-ages.ts'
import { PYTHON_CURSOR_KEY, parseCursorKey, type StoredCursor } from './stored-cursor.ts'

const KEYS_PER_CALL = '1000'

/**
 * Every cursor that is stored, ours and those of the old systems. Goes through all keys in small steps that hold
 * nobody up; `onStep` says after each how many of all keys were looked at.
 */
export async function readCursors(
  redis: Redis,
  { signal, onStep = () => {} }: { readonly signal: AbortSignal; readonly onStep?: (keys: number) => void },
): Promise<StoredCursor[]> {
  const keys = new Set<string>((await redis.exists(PYTHON_CURSOR_KEY)) ? [PYTHON_CURSOR_KEY] : [])
  let next = '0'
  let looked = 0
  do {
    signal.throwIfAborted()
    const [following, found] = await redis.scan(next, 'MATCH', '*:cursor:*', 'COUNT', KEYS_PER_CALL)
    for (const key of found) if (parseCursorKey(key)) keys.add(key)
    next = following
    looked += Number(KEYS_PER_CALL)
    onStep(looked)
  } while (next !== '0')
  const cursors = await Promise.all([...keys].toSorted().map((key) => readCursor(redis, key)))
  return gatherAges(
    redis,
    cursors.filter((cursor) => cursor !== null),
  )
}

/** `null` when the key holds no text, or is gone by now. */
async function readCursor(redis: Redis, key: string): Promise<StoredCursor | null> {
  const place = parseCursorKey(key)
  const value = await redis.get(key).catch((error: Error) => {
    if (isReplyError(error, 'WRONGTYPE')) return null
    throw error
  })
  return place && value !== null ? { key, ...place, value, ageMs: null } : null
}
