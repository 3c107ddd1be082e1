import type { Verdict } from '#kernel/verdict/verdict.ts'

/**
 * The terms of a group's books over one epoch, in entries. Redis knows what was added, what is pending and, mostly,
 * what is undelivered; that an entry was acknowledged or became a dead letter it forgets at once, so whoever does
 * it counts it.
 */
export interface Terms {
  /** Pending or undelivered when the epoch began. */
  readonly opening: number
  readonly added: number
  /** The sink has them; `null` when nobody counts. */
  readonly acknowledged: number | null
  readonly deadLettered: number | null
  /** Acknowledged because their body was gone: each is a loss. `null` when nobody counts. */
  readonly lostBodies: number | null
  readonly pending: number
  /** Of the pending ones, those whose body is gone: each is a loss. */
  readonly bodiless: number
  /** `null` when it cannot be told. */
  readonly undelivered: number | null
  /** Entries that left the stream before the group received them, as far as Redis itself can show it. */
  readonly unread: number | null
}

export interface Balance {
  readonly verdict: Verdict
  /** `null` when it cannot be told. */
  readonly lost: number | null
  /** Whether more may be lost than could be counted. */
  readonly isLeast: boolean
  /** One clause that says why. */
  readonly says: string
}

/**
 * Owed = acknowledged + dead-lettered + pending + undelivered, and whatever is missing is lost: trimmed or deleted
 * unread, or taken off the pending list without a word. A term that is not known leaves the verdict unknown, but a
 * loss that is certain is one all the same.
 */
export function balance(terms: Terms, because: string | null = null): Balance {
  const certain = (terms.lostBodies ?? 0) + terms.bodiless
  const settled = settledOf(terms)
  if (settled === null) return withoutCounts(terms, certain)
  if (terms.undelivered === null) {
    const unknown = because ?? 'it is not known how many entries are undelivered'
    return certain > 0
      ? loss(certain, true, unknown)
      : { verdict: 'unknown', lost: null, isLeast: false, says: unknown }
  }
  const owed = terms.opening + terms.added
  const missing = owed - settled - terms.pending - terms.undelivered
  if (missing < 0) return tooManySettled(-missing, certain)
  if (missing + certain > 0) return loss(missing + certain, false, whatWentMissing(terms, missing))
  if (owed === 0) return { verdict: 'not-applicable', lost: 0, isLeast: false, says: 'nothing was owed' }
  return { verdict: 'pass', lost: 0, isLeast: false, says: 'every entry owed is accounted for' }
}

function settledOf({ acknowledged, deadLettered, lostBodies }: Terms): number | null {
  return acknowledged === null || deadLettered === null || lostBodies === null
    ? null
    : acknowledged + deadLettered + lostBodies
}

function withoutCounts({ unread }: Terms, certain: number): Balance {
  const says = 'nobody counts what this group acknowledges; standpipe index does'
  const lost = certain + Math.max(0, unread ?? 0)
  return lost > 0 ? loss(lost, true, says) : { verdict: 'unknown', lost: null, isLeast: false, says }
}

/** A second delivery after an acknowledgement would be counted twice; then the sum says nothing about losses. */
function tooManySettled(entries: number, certain: number): Balance {
  const says = `${entries} more were settled than were owed: entries were delivered again after they had been settled`
  return certain > 0 ? loss(certain, true, says) : { verdict: 'unknown', lost: null, isLeast: false, says }
}

function whatWentMissing({ bodiless, lostBodies }: Terms, missing: number): string {
  const bodies = bodiless + (lostBodies ?? 0)
  return [
    missing > 0 ? `${missing} left the stream or the pending list and nobody settled them` : '',
    bodies > 0 ? `${bodies} lost their body while they were pending` : '',
  ]
    .filter(Boolean)
    .join('; ')
}

const loss = (lost: number, isLeast: boolean, says: string): Balance => ({
  verdict: 'fail',
  lost,
  isLeast,
  says,
})
