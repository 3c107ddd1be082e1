import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { parseCursor } from './append/lines-reply.ts'
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
  /** Where they will look for a cursor when they come back; empty when nobody can tell. */
  readonly theirKeys: readonly string[]
}

interface TheirCursor {
  readonly key: string
  readonly seq: number
  /** Whether they have written it since we last did. */
  readonly isTheirWord: boolean
}

/**
 * Where to go on: at our cursor, or where the other system came to since we last handed over, less what its cursor
 * promises too early. Of several that it left, the lowest counts: a replay can be borne, a loss cannot. Ours is
 * moved there, as the append goes by it. Throws `UsageError` on a value that is none.
 */
export async function findCursor(redis: Redis, { ours, theirs, rewind }: CursorKeys): Promise<FoundCursor> {
  const seq = await readCursor(redis, ours)
  const found = (await Promise.all(theirs.map((key) => readTheirs(redis, key)))).filter((one) => one !== null)
  const theirKeys = found.length === 0 && theirs.length === 1 ? theirs : found.map(({ key }) => key)
  const news = found.filter(({ isTheirWord }) => isTheirWord).map((one) => one.seq)
  const theirSeq = Math.max(0, Math.min(...news) - rewind)
  if (news.length === 0 || (seq !== null && seq >= theirSeq)) return { key: ours, seq, theirKeys }
  await redis.set(ours, theirSeq)
  return { key: ours, seq: theirSeq, theirKeys }
}

async function readTheirs(redis: Redis, key: string): Promise<TheirCursor | null> {
  const seq = await readCursor(redis, key)
  if (seq === null) return null
  return { key, seq, isTheirWord: (await readCursor(redis, handedOverKey(key))) !== seq }
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
