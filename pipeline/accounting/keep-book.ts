import { balance } from './balance.ts'
import type { Book, ClosedEpoch } from './book.ts'
import { closeEpoch } from './close-epoch.ts'
import { type Ending, findBreak } from './continuity.ts'
import { countUndelivered, type Mark } from './count-undelivered.ts'
import type { GroupLook, StreamLook } from './look.ts'
import { termsOf } from './terms-of.ts'

/** What one look found of one group. */
export interface GroupMoment {
  /** By the clock of Redis. */
  readonly at: number
  readonly stream: StreamLook | null
  readonly group: GroupLook | null
}

const KEPT_EPOCHS = 20

/** Opens the first book of a group. */
export function openBook(moment: GroupMoment): Book {
  return openEpoch(moment, 1, [])
}

/** Enters a look into the book; when the look does not continue what is there, the epoch ends and a new one begins. */
export function keepBook(book: Book, moment: GroupMoment): Book {
  const { stream, group } = moment
  const ending = book.mark && findBreak(book.opening, book.mark, moment)
  if (ending) return endEpoch(book, moment, ending)
  if (stream === null) return book
  if (group === null) return { ...book, isGroupGone: true }
  return enter(book, moment.at, stream, group)
}

/** Ends the epoch, whatever the look says. */
export function endEpoch(book: Book, moment: GroupMoment, ending: Ending): Book {
  const over = closeEpoch(book, ending)
  return openEpoch(moment, book.epoch + 1, [...book.closed, ...(over ? [over] : [])].slice(-KEPT_EPOCHS))
}

function openEpoch({ at, stream, group }: GroupMoment, epoch: number, closed: ClosedEpoch[]): Book {
  const empty: Book = {
    version: 1,
    epoch,
    openedAt: at,
    opening: null,
    mark: null,
    because: stream === null ? 'there is no such stream' : 'there is no such group',
    isGroupGone: stream !== null && group === null,
    knownAt: null,
    lossAt: null,
    closed,
  }
  return stream === null || group === null ? empty : enter(empty, at, stream, group)
}

function enter(book: Book, at: number, stream: StreamLook, group: GroupLook): Book {
  const { because, ...undelivered } = countUndelivered(stream, group, book.mark)
  const mark: Mark = { at, stream, ...group, ...undelivered }
  const opening = book.opening ?? (mark.undelivered === null ? null : mark)
  const result = opening && balance(termsOf(opening, mark), because)
  const isKnown = result !== null && result.verdict !== 'unknown'
  return {
    ...book,
    opening,
    mark,
    because,
    isGroupGone: false,
    knownAt: isKnown ? at : book.knownAt,
    lossAt: noticeLoss(book, mark, result?.lost ?? 0),
  }
}

/** A loss that has grown happened between the last entry delivered before and the first one that is still there. */
function noticeLoss({ mark: before, lossAt }: Book, now: Mark, lost: number): Book['lossAt'] {
  if (lost <= (lossAt?.lost ?? 0)) return lossAt
  return {
    at: now.at,
    after: before?.lastDeliveredId ?? '0-0',
    before: now.stream.firstEntryId ?? now.stream.lastGeneratedId,
    lost,
  }
}
