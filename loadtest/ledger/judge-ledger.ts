import type { Verdict } from '#kernel/verdict/verdict.ts'
import type { ExampleClass, Ledger } from './ledger.ts'

export interface LedgerJudgement {
  readonly verdict: Verdict
  /** A sentence for people; the first reason found. */
  readonly because: string
}

/**
 * Reads the ledger from the worst to the mildest; the first reason found is the judgement. Duplicated
 * deliveries, reordering between records and superseded events are what "at least once" allows: they are
 * reported, and fail nothing.
 */
export function judgeLedger(ledger: Ledger): LedgerJudgement {
  const proven = provenBroken(ledger)
  if (proven) return { verdict: 'fail', because: proven }
  const doubt = doubtful(ledger)
  if (doubt) return { verdict: 'unknown', because: doubt }
  const kept = ledger.deadLettered + ledger.rejected
  if (kept > 0) {
    return {
      verdict: 'warn',
      because: `${ledger.deadLettered} events in the dead-letter stream and ${ledger.rejected} rejected with their frame: kept and counted, not indexed${first(ledger, 'deadLettered')}`,
    }
  }
  return {
    verdict: 'pass',
    because: `all ${ledger.attempted} events attempted are committed: none lost, none twice`,
  }
}

function provenBroken(ledger: Ledger): string | null {
  if (ledger.lost > 0) return `${ledger.lost} events lost${first(ledger, 'lost')}`
  if (ledger.duplicateEffects > 0) {
    return `${ledger.duplicateEffects} duplicate effects${first(ledger, 'duplicateEffects')}`
  }
  if (ledger.unexpected > 0 && ledger.journal.finished) {
    return `${ledger.unexpected} events that nobody sent${first(ledger, 'unexpected')}`
  }
  return null
}

function doubtful({ journal, ...ledger }: Ledger): string | null {
  const { attempted, indeterminate, waiting, unexpected } = ledger
  if (attempted === 0) return 'nothing was attempted'
  if (journal.broken > 0) return `${journal.broken} lines of the journal cannot be read`
  if (journal.repeated > 0) return `the journal names ${journal.repeated} events more than once`
  if (!journal.finished) {
    const torn = journal.torn ? '; its last line is cut off' : ''
    const strange = unexpected > 0 ? `; ${unexpected} committed events are not in it` : ''
    return `the journal has no end: what else was attempted is not known${torn}${strange}`
  }
  if (journal.promised !== attempted) {
    return `the journal ends with ${journal.promised} events, and names ${attempted}`
  }
  if (waiting) return `${waiting} events are still in the stream, not committed${first(ledger, 'waiting')}`
  if (indeterminate > 0) {
    return `${indeterminate} events never acknowledged: the relay still holds them${first(ledger, 'indeterminate')}`
  }
  return null
}

function first({ examples }: Pick<Ledger, 'examples'>, what: ExampleClass): string {
  const [example] = examples[what]
  return example === undefined ? '' : `, first ${example}`
}
