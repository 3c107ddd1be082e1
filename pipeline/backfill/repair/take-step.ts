import { repairRoundKey } from '#pipeline/contract.ts'
import { hostOf } from '#pipeline/dialects/host-of.ts'
import { beginRound } from './begin-round.ts'
import { listPage } from './list-page.ts'
import type { RepairOptions } from './repair-options.ts'
import { parseRound } from './repair-round.ts'
import type { RepairStep } from './repair-step.ts'
import { settleRound } from './settle-round.ts'

/**
 * Does the next thing that the repair of a relay's gaps needs. Everything it knows is in Redis and moves on together
 * with what it stores, so whoever calls this next, after a crash or beside us, goes on where it stands.
 */
export async function takeStep(options: RepairOptions, signal: AbortSignal): Promise<RepairStep> {
  const { redis, stream, repoStream, host } = options
  const stored = (await redis.get(repairRoundKey(repoStream, stream, hostOf(host)))) ?? ''
  const round = parseRound(stored)
  if (round === null) return beginRound(options, stored)
  return round.isListed ? settleRound(options, stored, round) : listPage(options, stored, round, signal)
}
