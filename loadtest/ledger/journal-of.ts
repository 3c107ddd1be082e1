import type { Attempt } from './attempt.ts'
import type { Journal, JournalLine } from './journal.ts'

/** The journal of a relay that attempted these, in this order; it has its end unless `finished` is false. */
export function journalOf(attempts: readonly Attempt[], { finished = true } = {}): Journal {
  const lines: JournalLine[] = attempts.map((attempt) => ({ kind: 'attempt', attempt }))
  const lastSeq = attempts.at(-1)?.seq ?? 0
  const events = attempts.filter(({ filtered }) => !filtered).length
  if (finished) lines.push({ kind: 'finished', events, lastSeq, late: 0 })
  return { pages: () => [lines] }
}
