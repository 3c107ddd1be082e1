import type { Redis } from 'ioredis'
import { type Settlement, settlementField } from '#pipeline/contract.ts'
import { callAndCount } from './call-and-count.ts'

/** Lua unpacks some 8000 values at most. */
const PER_CALL = 5_000

/**
 * XACK, counted in the books in the same step. Answers how many were pending until now. `settlement` says what
 * became of them: the sink has them, or their bodies were gone. `tally` is a field of the books that counts them besides.
 */
export async function acknowledgeAndCount(
  redis: Redis,
  { stream, group }: { readonly stream: string; readonly group: string },
  ids: readonly string[],
  settlement: Settlement = 'acknowledged',
  tally: string | null = null,
): Promise<number> {
  const fields = [settlementField(settlement, group), ...(tally === null ? [] : [tally])]
  const parts = Array.from({ length: Math.ceil(ids.length / PER_CALL) }, (_, part) =>
    ids.slice(part * PER_CALL, (part + 1) * PER_CALL),
  )
  const counts = await Promise.all(
    parts.map((part) => callAndCount(redis, { stream, fields }, 'XACK', [group, ...part])),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
