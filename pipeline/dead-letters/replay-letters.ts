import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { ORIGINAL_FIELD_PREFIX } from '#pipeline/contract.ts'

const SCRIPT = readFileSync(new URL('./replay.lua', import.meta.url), 'utf8')

export interface ReplayTarget {
  /** The key of the dead-letter stream. */
  readonly letters: string
  /** Where the entries go back to; letters of any other stream stay. */
  readonly stream: string
  /** Entries in the stream at which nothing more is put into it. */
  readonly highWater: number
}

export interface Replayed {
  /** What was put back: the letter, and the ID of the new entry. */
  readonly replayed: readonly { readonly letter: string; readonly entry: string }[]
  /** Letters that were not there: replayed or purged before. */
  readonly absent: number
  /** Letters that hold no entry of this stream; they stay. */
  readonly unfit: number
  /** Whether the stream was full before all were done. */
  readonly full: boolean
  /** Entries in the stream afterwards. */
  readonly length: number
}

/**
 * Puts letters back as new entries of their stream and removes them, each in one step with the other. Calling it
 * again with the same IDs puts nothing back twice. Some hundred IDs at a time, so that Redis is not held up.
 */
export async function replayLetters(
  redis: Redis,
  { letters, stream, highWater }: ReplayTarget,
  ids: readonly string[],
): Promise<Replayed> {
  const reply = await redis.eval(SCRIPT, 2, letters, stream, highWater, ORIGINAL_FIELD_PREFIX, ...ids)
  const [stop, length, absent, unfit, ...pairs] = reply as [string, number, number, number, ...string[]]
  const replayed = []
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    replayed.push({ letter: pairs[at] ?? '', entry: pairs[at + 1] ?? '' })
  }
  return { replayed, absent, unfit, full: stop === 'high-water', length }
}
