import type { Attempt } from './attempt.ts'
import { keyOf } from './event-name.ts'
import type { Journal } from './journal.ts'
import { SEEN, type Tally } from './tally.ts'

/** What may excuse an event for not being in the sink. */
export interface Excuses {
  readonly rejected: ReadonlySet<number>
  /** Whether everybody relied on this event from there on. */
  readonly acknowledged: (seq: number) => boolean
}

/** Walks the journal once more and says of every event that is not in the sink where it is instead. */
export async function settleUncommitted(
  { index, seen, counts, examples }: Tally,
  journal: Journal,
  { rejected, acknowledged }: Excuses,
): Promise<void> {
  const fateOf = (marks: number, seq: number) => {
    if (marks & SEEN.deadLettered) return 'deadLettered'
    if (marks & SEEN.owed) return 'waiting'
    if (rejected.has(seq)) return 'rejected'
    return acknowledged(seq) ? 'lost' : 'indeterminate'
  }
  const settle = (event: Attempt) => {
    const place = index.find(keyOf(event))
    const marks = seen.get(place)
    if (marks & (SEEN.committed | SEEN.settled)) return
    seen.set(place, marks | SEEN.settled)
    const fate = fateOf(marks, event.seq)
    counts[fate]++
    if (fate !== 'rejected') examples.add(fate, event)
  }
  for await (const page of journal.pages()) {
    for (const line of page) if (line.kind === 'attempt' && !line.attempt.filtered) settle(line.attempt)
  }
}
