import { readStream } from '#kernel/streams/read-stream.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { booksKey, repairRoundKey, repairStream, repairTallyField } from '#pipeline/contract.ts'
import { hostOf } from '#pipeline/dialects/host-of.ts'
import { closeGaps } from '#pipeline/ingest/gaps/close-gaps.ts'
import { judgeRound } from './judge-round.ts'
import { moveRound } from './move-round.ts'
import { readTally } from './read-tally.ts'
import type { RepairOptions } from './repair-options.ts'
import type { RepairRound } from './repair-round.ts'
import type { RepairStep } from './repair-step.ts'

/** Looks how far the backfill is with a listed round, and closes its gaps once every repo of it is counted. */
export async function settleRound(
  options: RepairOptions,
  stored: string,
  round: RepairRound,
): Promise<RepairStep> {
  const { redis, stream, repoStream } = options
  const repairs = repairStream(repoStream)
  if (round.upTo === null) {
    const upTo = (await readStream(redis, repairs))?.lastGeneratedId ?? '0-0'
    const next = { ...round, upTo }
    const outcome = await moveRound(options, stored, next)
    return outcome === 'moved' ? { kind: 'listed', round: next, added: 0 } : { kind: 'moved-elsewhere' }
  }
  const { settledUpTo, ...tally } = await readTally(redis, repairs, round.id)
  const state = judgeRound(round, tally, settledUpTo)
  if (state === 'under-way') return { kind: 'fetching', round, tally }
  if (state === 'broken') {
    // Whoever closed it meanwhile took the round away first, and then its tally.
    const now = await redis.get(repairRoundKey(repoStream, stream, hostOf(options.host)))
    if (now !== stored) return { kind: 'moved-elsewhere' }
    await forget(options, round)
    return { kind: 'broken', round, tally }
  }
  const closing = {
    at: new Date(systemClock.now()).toISOString(),
    by: 'repair' as const,
    because: whichRepos(round),
    listed: round.listed,
    queued: round.queued,
    ...tally,
  }
  const gaps = await closeGaps(redis, stream, round.gaps, closing)
  await forget(options, round)
  return { kind: 'closed', gaps, closing }
}

/** Whoever dies before this finds the round settled again, and nothing left to close. */
async function forget(
  { redis, stream, repoStream, host }: RepairOptions,
  { id }: RepairRound,
): Promise<void> {
  const fields = [repairTallyField(id, 'fetched'), repairTallyField(id, 'dead-lettered')]
  await redis.del(repairRoundKey(repoStream, stream, hostOf(host)))
  await redis.hdel(booksKey(repairStream(repoStream)), ...fields)
}

function whichRepos({ since }: RepairRound): string {
  return since === null
    ? 'every repo was fetched again, since nobody knows when the gap began'
    : `every repo that changed since ${new Date(since).toISOString()}, or is not active, was fetched again`
}
