import type { Redis } from 'ioredis'
import { GAP_FIELD, type Gap, gapStream } from '#pipeline/contract.ts'

/** Where a cursor lies, and beside what. */
export interface CursorPlace {
  readonly stream: string
  readonly cursor: string
}

/** Records the gap and forgets the cursor, both or neither. Rejects with Redis' own words when it was neither. */
export async function startOver(redis: Redis, { stream, cursor }: CursorPlace, gap: Gap): Promise<void> {
  const transaction = redis.multi()
  transaction.xadd(gapStream(stream), '*', GAP_FIELD, JSON.stringify(gap))
  transaction.del(cursor)
  await transaction.exec()
}
