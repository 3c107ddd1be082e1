import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { gapStream } from '#pipeline/contract.ts'
import { type AppendReply, parseAppendReply, parseWriteRefusal } from './append-reply.ts'
import type { Batch } from './batch.ts'

const SCRIPT = readFileSync(new URL('./append.lua', import.meta.url), 'utf8')
const SHA = createHash('sha1').update(SCRIPT).digest('hex')

/** Where batches go. */
export interface AppendTarget {
  readonly stream: string
  /** The key that holds the sequence of the last commit stored; beside the stream, in the same Redis. */
  readonly cursor: string
  /** Entries in the stream at which a batch with new entries is refused. */
  readonly highWater: number
}

/** Stores a batch whole, or says why nothing of it was written. */
export type Append = (batch: Batch) => Promise<AppendReply>

/**
 * The append: commits and cursor in one script call. Calling it again with the same batch changes nothing, so
 * a lost reply is answered by a retry. Several calls may be under way on one connection: a batch never
 * overtakes the one that it follows. Rejects only when the outcome is not known, or the call makes no sense.
 */
export function createAppend(redis: Redis, { stream, cursor, highWater }: AppendTarget): Append {
  return async (batch) => {
    const args = ['3', stream, cursor, gapStream(stream), String(highWater), ...toArguments(batch)]
    try {
      return parseAppendReply(await callScript(redis, args))
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

function toArguments({ fields, commits, after, upTo, gaps = [] }: Batch): string[] {
  let listed = ''
  const values: string[] = []
  for (const commit of commits) {
    listed += `${commit.seq}:${commit.values.length / fields.length} `
    for (const value of commit.values) values.push(value)
  }
  const follows = after === null ? '' : String(after)
  const missing = gaps.length > 0 ? JSON.stringify(gaps.map((gap) => JSON.stringify(gap))) : ''
  return [follows, String(upTo), listed, missing, String(fields.length), ...fields, ...values]
}
