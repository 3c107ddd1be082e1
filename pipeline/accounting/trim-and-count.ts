import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { booksKey, TRIMMED_FIELD } from '#pipeline/contract.ts'

const SCRIPT = readFileSync(new URL('./trim-and-count.lua', import.meta.url), 'utf8')

export interface Trim {
  /** The lowest ID that stays. */
  readonly keepFrom: string
  /** Most entries that go. */
  readonly limit: number
  /** Entries that the stream keeps in any case; 0 when nobody asks for that. */
  readonly keepEntries?: number
  /** Whether Redis is to look again that every group has acknowledged what goes; not every server can. */
  readonly acked?: boolean
}

/**
 * XTRIM MINID ~, counted in the books in the same step, so that the ledger can tell what the safe trim removed
 * from what somebody else did. Answers how many entries went, `limit` at most.
 */
export async function trimAndCount(
  redis: Redis,
  stream: string,
  { keepFrom, limit, keepEntries = 0, acked = false }: Trim,
): Promise<number> {
  const keys = [stream, booksKey(stream)]
  const how = [TRIMMED_FIELD, keepFrom, limit, keepEntries, acked ? 1 : 0]
  return Number(await redis.eval(SCRIPT, keys.length, ...keys, ...how))
}
