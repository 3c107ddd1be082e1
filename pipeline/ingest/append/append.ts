import type { Redis } from 'ioredis'
import { createLinesAppend, type LinesTarget } from './append-lines.ts'
import type { AppendReply } from './append-reply.ts'
import type { Batch } from './batch.ts'

/** Where batches of one relay go. */
export interface AppendTarget extends Omit<LinesTarget, 'cursors'> {
  /** The key that holds the sequence of the last commit stored; beside the stream, in the same Redis. */
  readonly cursor: string
}

/** Stores a batch whole, or says why nothing of it was written. */
export type Append = (batch: Batch) => Promise<AppendReply>

/** The append for one relay alone, with all that `createLinesAppend` promises. */
export function createAppend(redis: Redis, { cursor, ...target }: AppendTarget): Append {
  const append = createLinesAppend(redis, { ...target, cursors: [cursor] })
  return async ({ after, upTo, ...batch }) => {
    const reply = await append({ ...batch, moves: [{ after, upTo }] })
    if (reply.outcome === 'write-refused' || reply.outcome === 'ids-behind') return reply
    const { cursors, ...rest } = reply
    return { ...rest, cursor: cursors[0] ?? null }
  }
}
