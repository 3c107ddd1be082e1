import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import type { RepairRound } from './repair-round.ts'

/** What became of the repos of a round so far. */
export interface RepairTally {
  readonly fetched: number
  readonly deadLettered: number
}

/**
 * Whether a listed round has come to its end. `settledUpTo` is the entry up to which every group of the repair stream
 * has settled everything, `null` when no group reads it. `broken`: all is settled, and fewer repos were
 * counted than were queued. Some entries vanished, so the round proves nothing.
 */
export function judgeRound(
  { queued, upTo }: RepairRound,
  { fetched, deadLettered }: RepairTally,
  settledUpTo: string | null,
): 'under-way' | 'settled' | 'broken' {
  if (queued === 0) return 'settled'
  if (upTo === null || settledUpTo === null || compareEntryIds(settledUpTo, upTo) < 0) return 'under-way'
  return fetched + deadLettered >= queued ? 'settled' : 'broken'
}
