import { appendEntries } from '#pipeline/backfill/append-entries.ts'
import { REPO_FIELD, type RepairRepo, repairRoundKey, repairStream } from '#pipeline/contract.ts'
import { hostOf } from '#pipeline/dialects/host-of.ts'
import type { RepairOptions } from './repair-options.ts'
import type { RepairRound } from './repair-round.ts'

/**
 * Stores where a round stands, together with the repos that it asks for, unless somebody else has moved it since it
 * was read as `from`.
 */
export async function moveRound(
  { redis, stream, repoStream, host, highWater }: RepairOptions,
  from: string,
  round: RepairRound,
  repos: readonly RepairRepo[] = [],
): Promise<'moved' | 'full' | 'moved-elsewhere'> {
  const key = repairRoundKey(repoStream, stream, hostOf(host))
  const { outcome } = await appendEntries(redis, {
    stream: repairStream(repoStream),
    field: REPO_FIELD,
    highWater,
    values: repos.map((repo) => JSON.stringify(repo)),
    moves: [{ key, from, to: JSON.stringify(round) }],
  })
  if (outcome === 'high-water') return 'full'
  return outcome === 'moved-elsewhere' ? outcome : 'moved'
}
