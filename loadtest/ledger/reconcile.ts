import { countAttempts } from './count-attempts.ts'
import { countEffects } from './count-effects.ts'
import type { LedgerEvidence } from './evidence.ts'
import type { Ledger } from './ledger.ts'
import { markKept } from './mark-kept.ts'
import { NO_PAGES } from './pages.ts'
import { settleUncommitted } from './settle-uncommitted.ts'
import { createTally, SEEN, type Tally } from './tally.ts'

/**
 * Classifies every event: attempted against committed, and the difference against every place where an event
 * may rest. Pure but for the pages that it is handed. The journal is read a second time only when something
 * is missing, to name it.
 */
export async function reconcile(evidence: LedgerEvidence): Promise<Ledger> {
  const upTo = evidence.acknowledgedUpTo ?? null
  const tally = createTally(evidence.examples ?? 5)
  const { counts } = tally
  const journal = await countAttempts(tally, evidence.journal, upTo)
  await countEffects(tally, evidence.effects, evidence.inDoubt ?? [])
  await markKept(tally, evidence.deadLetters ?? NO_PAGES, SEEN.deadLettered)
  await markKept(tally, evidence.owed ?? NO_PAGES, SEEN.owed)
  if (counts.committed < counts.attempted) {
    await settleUncommitted(tally, evidence.journal, {
      rejected: new Set(evidence.rejected),
      acknowledged: (seq) => (upTo === null ? journal.finished : seq <= upTo),
    })
  }
  assertAddsUp(counts)
  return {
    ...counts,
    acknowledged: upTo === null ? null : counts.acknowledged,
    waiting: evidence.owed ? counts.waiting : null,
    delivered: counts.committed + counts.deadLettered,
    superseded: committedWithoutEffect(tally),
    journal,
    examples: tally.examples.all,
  }
}

/** Every event is in exactly one place. A ledger that does not add up is a bug of ours, and must not be believed. */
function assertAddsUp({ attempted, committed, ...missing }: Tally['counts']): void {
  const { lost, indeterminate, waiting, deadLettered, rejected } = missing
  const found = committed + lost + indeterminate + waiting + deadLettered + rejected
  if (found !== attempted) throw new Error(`the ledger has ${attempted} events attempted and ${found} found`)
}

function committedWithoutEffect({ index, seen }: Tally): number {
  let superseded = 0
  for (let place = 0; place < index.size; place++) {
    const marks = seen.get(place)
    if (marks & SEEN.committed && !(marks & SEEN.applied)) superseded++
  }
  return superseded
}
