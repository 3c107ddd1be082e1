import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { parseCursor } from './append/append-reply.ts'
import { handedOverKey } from './handover.ts'

export interface CursorKeys {
  readonly ours: string
  /** Where the system that we stand in for may have its own. */
  readonly theirs: readonly string[]
  /** Sequences to step back behind their cursor, because it promised them too early. */
  readonly rewind: number
}

export interface FoundCursor {
  /** Of our cursor. */
  readonly key: string
  /** `null` when nobody has heard this relay before. */
  readonly seq: number | null
  /** Where they will look for a cursor when they come back; `null` when nobody can tell. */
  readonly theirKey: string | null
}

/**
 * Where to go on: at our cursor, or where the other system came to since we last handed over, less what its cursor
 * promises too early. Ours is moved there, as the append goes by it. Throws `UsageError` on a value that is none.
 */
export async function findCursor(redis: Redis, { ours, theirs, rewind }: CursorKeys): Promise<FoundCursor> {
  const seq = await readCursor(redis, ours)
  const found = await furthest(redis, theirs)
  if (found === null) return { key: ours, seq, theirKey: theirs.length === 1 ? (theirs[0] ?? null) : null }
  const isOurWord = (await readCursor(redis, handedOverKey(found.key))) === found.seq
  const theirSeq = Math.max(0, found.seq - rewind)
  if (isOurWord || (seq !== null && seq >= theirSeq)) return { key: ours, seq, theirKey: found.key }
  await redis.set(ours, theirSeq)
  return { key: ours, seq: theirSeq, theirKey: found.key }
}

async function furthest(redis: Redis, keys: readonly string[]): Promise<{ key: string; seq: number } | null> {
  const found = await Promise.all(keys.map(async (key) => ({ key, seq: await readCursor(redis, key) })))
  return found.reduce<{ key: string; seq: number } | null>(
    (best, { key, seq }) => (seq !== null && seq > (best?.seq ?? -1) ? { key, seq } : best),
    null,
  )
}

async function readCursor(redis: Redis, key: string): Promise<number | null> {
  const text = await redis.get(key)
  try {
    return parseCursor(text)
  } catch (error) {
    throw new UsageError(
      `key "${key}" holds "${text}", which is no cursor; delete it or name another stream`,
      { cause: error },
    )
  }
}
