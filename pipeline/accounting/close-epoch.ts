import { type Balance, balance } from './balance.ts'
import type { Book, ClosedEpoch } from './book.ts'
import type { Ending } from './continuity.ts'
import type { Mark } from './count-undelivered.ts'
import { termsOf } from './terms-of.ts'

/** What became of an epoch, by its last look. `null` when it never saw a stream. */
export function closeEpoch(book: Book, ending: Ending): ClosedEpoch | null {
  const { epoch, openedAt, opening, mark } = book
  if (mark === null) return null
  const last = opening === null ? null : balance(termsOf(opening, mark), book.because)
  const { verdict, lost, isLeast, says } = JUDGES[ending](last, mark)
  return { epoch, openedAt, endedAt: mark.at, ending, verdict, lost, isLeast, says }
}

const unknown = (says: string): Balance => ({ verdict: 'unknown', lost: null, isLeast: false, says })

type Judge = (last: Balance | null, mark: Mark) => Balance

const asItStood: Judge = (last) => last ?? unknown('it could never be told how many entries were owed')

/** A loss that was certain before stays one. */
const orLost =
  (judge: Judge): Judge =>
  (last, mark) =>
    last?.verdict === 'fail' ? last : judge(last, mark)

const JUDGES: Readonly<Record<Ending, Judge>> = {
  recreated: wentWithTheStream,
  'went-back': orLost((_, mark) => forgotten(mark)),
  'counts-went-back': orLost(() => unknown('the counts of the readers went back, so they prove nothing')),
  rewound: asItStood,
  'counting-began': asItStood,
  'by-hand': asItStood,
}

function forgotten({ stream: { added, lastGeneratedId } }: Mark): Balance {
  return unknown(
    `Redis went back behind ${added} added entries, the last ${lastGeneratedId}: what it forgot must come again from the relay, which these books cannot see`,
  )
}

/** Whatever was pending or undelivered at the last look went with the stream, and what was added after it as well. */
function wentWithTheStream(last: Balance | null, mark: Mark): Balance {
  const outstanding = mark.pending - mark.bodiless + (mark.undelivered ?? 0)
  const lost = (last?.lost ?? mark.bodiless) + outstanding
  if (lost === 0) {
    return {
      verdict: 'unknown',
      lost: null,
      isLeast: false,
      says: 'the stream is gone; nothing was owed at the last look, and what was added after it is not known',
    }
  }
  const undelivered = mark.undelivered === null ? 'an unknown number of' : String(mark.undelivered)
  return {
    verdict: 'fail',
    lost,
    isLeast: true,
    says: `the stream is gone, and with it ${mark.pending} pending and ${undelivered} undelivered entries of the last look, up to ${mark.stream.lastGeneratedId}`,
  }
}
