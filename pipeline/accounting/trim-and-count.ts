import type { Redis } from 'ioredis'
import { TRIMMED_FIELD } from '#pipeline/contract.ts'
import { callAndCount } from './call-and-count.ts'

/**
 * XTRIM MINID ~, counted in the books in the same step, so that the ledger can tell what the safe trim removed
 * from what somebody else did. Answers how many entries went, `limit` at most.
 */
export async function trimAndCount(
  redis: Redis,
  stream: string,
  { keepFrom, limit }: { readonly keepFrom: string; readonly limit: number },
): Promise<number> {
  return callAndCount(redis, { stream, fields: [TRIMMED_FIELD] }, 'XTRIM', [
    'MINID',
    '~',
    keepFrom,
    'LIMIT',
    limit,
  ])
}
