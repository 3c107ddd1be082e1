import type { Attempt } from './attempt.ts'
import { keyOf } from './event-name.ts'
import type { Journal, JournalLine } from './journal.ts'
import type { JournalState } from './ledger.ts'
import type { Tally } from './tally.ts'

/** Enters every event of the journal into the tally; says how far the journal can be believed. */
export async function countAttempts(
  { index, counts }: Tally,
  journal: Journal,
  acknowledgedUpTo: number | null,
): Promise<JournalState> {
  const state = {
    finished: false,
    promised: null as number | null,
    late: null as number | null,
    lastSeq: 0,
    torn: false,
    broken: 0,
    repeated: 0,
  }

  const enter = (event: Attempt) => {
    state.lastSeq = Math.max(state.lastSeq, event.seq)
    if (event.filtered) return counts.filtered++
    if (index.add(keyOf(event)) < counts.attempted) return state.repeated++
    if (acknowledgedUpTo !== null && event.seq <= acknowledgedUpTo) counts.acknowledged++
    return counts.attempted++
  }
  const read = (line: JournalLine) => {
    switch (line.kind) {
      case 'attempt':
        return enter(line.attempt)
      case 'finished':
        state.finished = true
        state.late = line.late
        return (state.promised = line.events)
      case 'torn':
        return (state.torn = true)
      case 'broken':
        return state.broken++
    }
  }
  for await (const page of journal.pages()) for (const line of page) read(line)
  return state
}
