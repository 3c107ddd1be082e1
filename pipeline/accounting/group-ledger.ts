import { type Verdict, worst } from '#kernel/verdict/verdict.ts'
import { type Balance, balance, type Terms } from './balance.ts'
import type { Book, ClosedEpoch } from './book.ts'
import { termsOf } from './terms-of.ts'

/** What can be said of one group of one stream. Moments are milliseconds since the Unix epoch. */
export interface GroupLedger {
  readonly stream: string
  readonly group: string
  /** The worst of the present epoch and of those that are kept. */
  readonly verdict: Verdict
  /** Number of the present epoch; `null` when nobody keeps the books. */
  readonly epoch: number | null
  readonly openedAt: number | null
  /** The present epoch. */
  readonly balance: Balance
  /** `null` until all that the epoch began with could be told. */
  readonly terms: Terms | null
  /** When it could last be told whether the books balance. */
  readonly knownAt: number | null
  readonly lossAt: Book['lossAt']
  /** Epochs that are over, oldest first. */
  readonly closed: readonly ClosedEpoch[]
}

interface Name {
  readonly stream: string
  readonly group: string
}

/** Judges a book; `null` is a group whose books nobody keeps. */
export function judgeBook({ stream, group }: Name, book: Book | null): GroupLedger {
  if (book === null) return withoutBook({ stream, group })
  const { opening, mark, because, epoch, openedAt, knownAt, lossAt, closed } = book
  const terms = opening && mark && termsOf(opening, mark)
  const present = terms
    ? presentOf(book, balance(terms, because))
    : unknown(because ?? 'nothing is known yet')
  const verdict = worst([present.verdict, ...closed.map((one) => one.verdict)])
  return { stream, group, verdict, epoch, openedAt, balance: present, terms, knownAt, lossAt, closed }
}

/** A group that is gone owes whatever it owed, and nobody can look it up. */
function presentOf({ isGroupGone }: Book, last: Balance): Balance {
  return isGroupGone && last.verdict !== 'fail' ? unknown('the group is gone') : last
}

function withoutBook({ stream, group }: Name): GroupLedger {
  return {
    stream,
    group,
    verdict: 'unknown',
    epoch: null,
    openedAt: null,
    balance: unknown('nobody keeps the books of this group; standpipe ledger --watch does'),
    terms: null,
    knownAt: null,
    lossAt: null,
    closed: [],
  }
}

const unknown = (says: string): Balance => ({ verdict: 'unknown', lost: null, isLeast: false, says })
