import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import type { Membership } from '#pipeline/consume/membership.ts'

const SCRIPT = readFileSync(new URL('./keep-claims.lua', import.meta.url), 'utf8')

/** Entries per call: each costs Redis two lookups. */
const PER_CALL = 500

/**
 * Shows that entries held for long are not abandoned, without counting a delivery. Returns those that are no
 * longer ours: claimed or acknowledged by another consumer while we could not be heard.
 */
export async function keepClaims(
  redis: Redis,
  { stream, group, consumer }: Membership,
  ids: readonly string[],
): Promise<string[]> {
  const gone: string[] = []
  for (let at = 0; at < ids.length; at += PER_CALL) {
    const some = ids.slice(at, at + PER_CALL)
    gone.push(...((await redis.eval(SCRIPT, 1, stream, group, consumer, ...some)) as string[]))
  }
  return gone
}
