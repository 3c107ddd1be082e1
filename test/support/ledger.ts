import { anAttempt } from '#loadtest/ledger/an-attempt.ts'
import type { Attempt } from '#loadtest/ledger/attempt.ts'
import type { Effect } from '#loadtest/ledger/effect.ts'
import type { RecordRow } from '#loadtest/ledger/record-row.ts'

export function someAttempts(count: number): Attempt[] {
  return Array.from({ length: count }, (_, index) => anAttempt(index + 1))
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
