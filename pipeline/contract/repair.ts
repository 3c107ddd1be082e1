import type { ListedRepo } from './backfill.ts'

/**
 * The stream of repos that may have changed in a gap, beside the one of all repos: a repair never stands in the queue
 * behind a listing. Backfillers read both, as one group.
 */
export function repairStream(repoStream: string): string {
  return `${repoStream}:repair`
}

/** Holds how far the repair of the gaps of one relay in one stream has come, as JSON; absent when none is under way. */
export function repairRoundKey(repoStream: string, stream: string, host: string): string {
  return `${repairStream(repoStream)}:round:${stream}:${host}`
}

/** A repo of the repair stream. */
export interface RepairRepo extends ListedRepo {
  /** Names the round of repair that asked for it, whose tally it is counted in. */
  readonly round: string
}

/** What becomes of a repo that a round asked for. */
export type RepairOutcome = 'fetched' | 'dead-lettered'

/** The field of the books of the repair stream that counts one outcome in one round. */
export function repairTallyField(round: string, outcome: RepairOutcome): string {
  return `repair:${round}:${outcome}`
}
