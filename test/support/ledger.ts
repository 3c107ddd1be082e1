import type { Attempt } from '#loadtest/ledger/attempt.ts'
import type { Effect } from '#loadtest/ledger/effect.ts'
import type { Journal, JournalLine } from '#loadtest/ledger/journal.ts'
import type { RecordRow } from '#loadtest/ledger/record-row.ts'

/** The nth attempt of a small network: ten accounts, mostly creates, every change with a revision of its own. */
export function anAttempt(seq: number, over: Partial<Attempt> = {}): Attempt {
  return {
    seq,
    did: `did:plc:account${seq % 10}`,
    rev: `3rev${String(seq).padStart(9, '0')}`,
    collection: 'app.bsky.feed.post',
    rkey: `record${seq}`,
    action: 'create',
    cid: `bafy${seq}`,
    time: '2026-01-01T00:00:00.000Z',
    ...over,
  }
}

export function someAttempts(count: number): Attempt[] {
  return Array.from({ length: count }, (_, index) => anAttempt(index + 1))
}

/** A finished journal, unless `finished` is false. */
export function aJournal(attempts: readonly Attempt[], { finished = true } = {}): Journal {
  const lines: JournalLine[] = attempts.map((attempt) => ({ kind: 'attempt', attempt }))
  const lastSeq = attempts.at(-1)?.seq ?? 0
  const events = attempts.filter(({ filtered }) => !filtered).length
  if (finished) lines.push({ kind: 'finished', events, lastSeq, late: 0 })
  return { pages: () => [lines] }
}

/** What a sound sink writes down when it commits this event. */
export function effectOf(attempt: Attempt, over: Partial<Effect> = {}): Effect {
  const { seq, did, rev, collection, rkey, action } = attempt
  return { seq, did, rev, collection, rkey, action, entryId: `${seq}-0`, applied: true, ...over }
}

/** What a sound sink holds when this was the last change of the record. */
export function rowOf({ did, collection = '', rkey = '', rev = '', cid }: Attempt): RecordRow {
  return { did, collection, rkey, rev, cid: cid ?? null }
}
