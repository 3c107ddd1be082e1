import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { gapStream } from '#pipeline/contract.ts'
import type { LinesBatch } from './lines-batch.ts'
import { type LinesReply, parseLinesReply, parseWriteRefusal } from './lines-reply.ts'

const SCRIPT = readFileSync(new URL('./append.lua', import.meta.url), 'utf8')
const SHA = createHash('sha1').update(SCRIPT).digest('hex')

/** Where batches of several relays go. */
export interface LinesTarget {
  readonly stream: string
  /**
   * The keys that hold the sequence of the last commit stored, one per relay, in the order of the `moves` of every
   * batch; beside the stream, in the same Redis.
   */
  readonly cursors: readonly string[]
  /** Entries in the stream at which a batch with new entries is refused. */
  readonly highWater: number
  /** Absent is `time`. */
  readonly entryId?: EntryNumbering
}

/**
 * What entries are named by: the moment at which Redis adds them, or the sequence of their commit, with the place of
 * the entry in the commit behind it.
 */
export type EntryNumbering = 'time' | 'seq'

/** Stores a batch whole, or says why nothing of it was written. */
export type LinesAppend = (batch: LinesBatch) => Promise<LinesReply>

/**
 * The append: commits and cursors in one script call. Calling it again with the same batch changes nothing, so
 * a lost reply is answered by a retry. Several calls may be under way on one connection: a batch never
 * overtakes the one that it follows. Rejects only when the outcome is not known, or the call makes no sense.
 */
export function createLinesAppend(
  redis: Redis,
  { stream, cursors, highWater, entryId = 'time' }: LinesTarget,
): LinesAppend {
  const keys = [stream, gapStream(stream), ...cursors]
  const head = [String(keys.length), ...keys, String(highWater), entryId]
  return async (batch) => {
    try {
      return parseLinesReply(await callScript(redis, [...head, ...toArguments(batch)]))
    } catch (error) {
      const refusal = parseWriteRefusal(error as Error)
      if (refusal) return refusal
      throw error
    }
  }
}

async function callScript(redis: Redis, args: string[]): Promise<unknown> {
  try {
    return await redis.call('EVALSHA', SHA, ...args)
  } catch (error) {
    if (!(error as Error).message.startsWith('NOSCRIPT')) throw error
    return await redis.call('EVAL', SCRIPT, ...args)
  }
}

function toArguments({ fields, commits, moves, gaps = [] }: LinesBatch): string[] {
  let listed = ''
  const values: string[] = []
  for (const { line = 0, seq, values: own } of commits) {
    listed += `${line + 1}:${seq}:${own.length / fields.length} `
    for (const value of own) values.push(value)
  }
  const missing = gaps.length > 0 ? JSON.stringify(gaps.map((gap) => JSON.stringify(gap))) : ''
  const places = moves.flatMap(({ after, upTo }) => [String(after ?? ''), String(upTo ?? '')])
  return [listed, missing, ...places, String(fields.length), ...fields, ...values]
}
