import type { Redis } from 'ioredis'
import { readStream } from '#kernel/streams/read-stream.ts'
import type { DeadLetter } from './letter.ts'
import { readLetters } from './read-letters.ts'
import { type Replayed, type ReplayTarget, replayLetters } from './replay-letters.ts'
import type { Selection } from './selection.ts'

export interface ReplayOptions {
  readonly target: ReplayTarget
  readonly selection: Selection
  /** Whether to do it, or only to look. */
  readonly yes: boolean
  readonly signal: AbortSignal
}

/** What was done, or would be. */
export interface ReplayResult {
  readonly letters: string
  readonly stream: string
  readonly highWater: number
  readonly done: boolean
  /** Letters put back; in a dry run those that would be. */
  readonly replayed: number
  /** Letters that were asked for by ID and are not there. */
  readonly absent: number
  /** Letters that hold no entry of this stream; they stay. */
  readonly unfit: number
  /** Whether the stream is full before all are back; what is left stays among the dead letters. */
  readonly full: boolean
  /** Entries in the stream now. */
  readonly length: number
  /** The first of what was put back, with the IDs of the new entries. */
  readonly examples: Replayed['replayed']
}

const EXAMPLES = 20

/**
 * Replays the letters that are meant and were there at the start: one that fails again meanwhile, and becomes a
 * letter again, is not taken a second time.
 */
export async function replaySelected(
  redis: Redis,
  { target, selection, yes, signal }: ReplayOptions,
): Promise<ReplayResult> {
  const { letters, stream, highWater } = target
  const upTo = (await readStream(redis, letters))?.lastGeneratedId ?? '0-0'
  const length = await redis.xlen(stream)
  let result: ReplayResult = {
    letters,
    stream,
    highWater,
    length,
    done: yes,
    replayed: 0,
    absent: selection.ids?.length ?? 0,
    unfit: 0,
    full: false,
    examples: [],
  }
  for await (const page of readLetters(redis, { letters, selection, upTo, signal })) {
    if (page.length === 0) continue
    const step = yes
      ? await replayLetters(
          redis,
          target,
          page.map(({ id }) => id),
        )
      : foresee(page, target, result.length)
    result = add(result, step, selection.ids ? page.length : 0)
    if (result.full) break
  }
  return result
}

/** What the script would do, by the same rules. */
function foresee(page: readonly DeadLetter[], { stream, highWater }: ReplayTarget, length: number): Replayed {
  const fit = page.filter((letter) => letter.stream === stream && letter.fields.length > 0)
  const room = Math.max(0, highWater - length)
  const replayed = fit.slice(0, room).map(({ id }) => ({ letter: id, entry: '*' }))
  return {
    replayed,
    absent: 0,
    unfit: page.length - fit.length,
    full: replayed.length < fit.length,
    length: length + replayed.length,
  }
}

function add(result: ReplayResult, step: Replayed, found: number): ReplayResult {
  return {
    ...result,
    replayed: result.replayed + step.replayed.length,
    absent: result.absent - found + step.absent,
    unfit: result.unfit + step.unfit,
    full: step.full,
    length: step.length,
    examples: [...result.examples, ...step.replayed].slice(0, EXAMPLES),
  }
}
