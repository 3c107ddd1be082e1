import { z } from 'zod'
import { ENDINGS } from './continuity.ts'

const entries = z.int()
const moment = z.number()
const settled = z.object({ acknowledged: entries, deadLettered: entries, lostBodies: entries }).nullable()

const mark = z.object({
  at: moment,
  stream: z.object({
    added: entries,
    length: entries,
    firstEntryId: z.string().nullable(),
    lastGeneratedId: z.string(),
    maxDeletedEntryId: z.string(),
    trimmed: entries.nullable(),
  }),
  lastDeliveredId: z.string(),
  pending: entries,
  bodiless: entries,
  entriesRead: entries.nullable(),
  lag: entries.nullable(),
  settled,
  undelivered: entries.nullable(),
  phantomLag: entries.nullable(),
})

const closedEpoch = z.object({
  epoch: entries,
  openedAt: moment,
  /** When it was last looked at while it lasted. */
  endedAt: moment,
  ending: z.enum(ENDINGS),
  verdict: z.enum(['not-applicable', 'pass', 'warn', 'unknown', 'fail']),
  lost: entries.nullable(),
  isLeast: z.boolean(),
  says: z.string(),
})

/** An epoch that is over, and what became of it. Moments are milliseconds since the Unix epoch. */
export type ClosedEpoch = z.infer<typeof closedEpoch>

const book = z.object({
  version: z.literal(1),
  epoch: z.int().min(1),
  openedAt: moment,
  /** Where the epoch begins; `null` until everything it needs could be told. */
  opening: mark.nullable(),
  /** Where it stands; `null` while there is no such stream. */
  mark: mark.nullable(),
  /** Why a term of the mark cannot be told; `null` when all can. */
  because: z.string().nullable(),
  /** Whether the stream is there and the group is not. */
  isGroupGone: z.boolean(),
  /** When all terms could be told last. */
  knownAt: moment.nullable(),
  /** Where the newest loss was noticed: after which entry and before which. */
  lossAt: z.object({ at: moment, after: z.string(), before: z.string(), lost: entries }).nullable(),
  /** Newest last, the older ones dropped. */
  closed: z.array(closedEpoch),
})

/** What is known of one group of one stream: its present epoch, and what became of those before. */
export type Book = z.infer<typeof book>

/** Reads a book as it is stored; `null` when it is none, or one of another version. */
export function parseBook(text: string): Book | null {
  try {
    return book.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
