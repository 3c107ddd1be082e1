import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'

const SCRIPT = readFileSync(new URL('./append-entries.lua', import.meta.url), 'utf8')
const SHA = createHash('sha1').update(SCRIPT).digest('hex')

/** A key that is moved together with the entries. An empty text stands for a key that does not exist. */
export interface Move {
  readonly key: string
  readonly from: string
  readonly to: string
}

export interface Addition {
  readonly stream: string
  readonly field: string
  /** Entries in the stream at which nothing more is added. */
  readonly highWater: number
  /** One per entry. */
  readonly values: readonly string[]
  readonly moves?: readonly Move[]
}

/** What became of an addition. Only after `stored` is anything of it new; everything else left things as they were. */
export type AdditionReply =
  | { readonly outcome: 'stored'; readonly added: number }
  /** By an earlier call whose reply was lost. */
  | { readonly outcome: 'stored-before' }
  /** A key holds neither what it should before nor what it should after: somebody else moves it, too. */
  | { readonly outcome: 'moved-elsewhere' }
  | { readonly outcome: 'high-water'; readonly length: number }

/** One script call, one round trip. Rejects with Redis' own error when it refused or the outcome is not known. */
export async function appendEntries(redis: Redis, addition: Addition): Promise<AdditionReply> {
  const { stream, field, highWater, values, moves = [] } = addition
  const args = [
    String(1 + moves.length),
    stream,
    ...moves.map(({ key }) => key),
    String(highWater),
    field,
    ...moves.flatMap(({ from, to }) => [from, to]),
    ...values,
  ]
  const [outcome, count] = (await callScript(redis, args)) as [AdditionReply['outcome'], number?]
  switch (outcome) {
    case 'stored':
      return { outcome, added: Number(count) }
    case 'high-water':
      return { outcome, length: Number(count) }
    case 'stored-before':
    case 'moved-elsewhere':
      return { outcome }
  }
}

async function callScript(redis: Redis, args: string[]): Promise<unknown> {
  try {
    return await redis.call('EVALSHA', SHA, ...args)
  } catch (error) {
    if (!isReplyError(error, 'NOSCRIPT')) throw error
    return await redis.call('EVAL', SCRIPT, ...args)
  }
}
