import type { GapClosing } from '#pipeline/contract.ts'
import type { RepairTally } from './judge-round.ts'
import type { RepairRound } from './repair-round.ts'

/** What one step of a repair did or found. */
export type RepairStep =
  /** No gap of this relay is open. */
  | { readonly kind: 'nothing' }
  /** Gaps are open whose end has not come: what is listed now could still be missed behind it. */
  | { readonly kind: 'not-ended'; readonly gaps: number }
  | { readonly kind: 'begun'; readonly round: RepairRound }
  /** `added` repos more are queued. */
  | { readonly kind: 'listed'; readonly round: RepairRound; readonly added: number }
  /** The repair stream is at its high-water mark. */
  | { readonly kind: 'full'; readonly round: RepairRound }
  /** Everything is queued, and the backfill is not done with it. */
  | { readonly kind: 'fetching'; readonly round: RepairRound; readonly tally: RepairTally }
  /** Entries vanished from the repair stream: the round proved nothing, and its gaps get another one. */
  | { readonly kind: 'broken'; readonly round: RepairRound; readonly tally: RepairTally }
  | { readonly kind: 'closed'; readonly gaps: number; readonly closing: GapClosing }
  /** Somebody else repairs the same gaps; what he did is gone on with. */
  | { readonly kind: 'moved-elsewhere' }
