import { RepoError } from '#pipeline/backfill/repo-error.ts'
import type { RepairRepo } from '#pipeline/contract.ts'
import { chooseRepos } from './choose-repos.ts'
import { moveRound } from './move-round.ts'
import type { RepairOptions } from './repair-options.ts'
import type { RepairRound } from './repair-round.ts'
import type { RepairStep } from './repair-step.ts'

/** Asks for the next page, and queues what may have changed together with the place behind it. Throws `RepoError`. */
export async function listPage(
  options: RepairOptions,
  stored: string,
  round: RepairRound,
  signal: AbortSignal,
): Promise<RepairStep> {
  const { repos, cursor } = await options.fetchPage(round.cursor, signal)
  if (cursor !== null && cursor === round.cursor) {
    throw new RepoError('malformed-answer', `the cursor "${cursor}" of ${options.host} does not move`)
  }
  const chosen = chooseRepos(repos, round.since)
  const next: RepairRound = {
    ...round,
    cursor: cursor ?? round.cursor,
    isListed: cursor === null,
    listed: round.listed + repos.length,
    queued: round.queued + chosen.length,
  }
  const wanted = chosen.map((repo): RepairRepo => ({ ...repo, round: round.id }))
  const outcome = await moveRound(options, stored, next, wanted)
  if (outcome === 'moved') return { kind: 'listed', round: next, added: chosen.length }
  return outcome === 'full' ? { kind: 'full', round } : { kind: 'moved-elsewhere' }
}
