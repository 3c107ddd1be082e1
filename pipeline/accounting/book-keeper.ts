import type { Redis } from 'ioredis'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { bookField, booksKey } from '#pipeline/contract.ts'
import { type Book, parseBook } from './book.ts'
import { type GroupLedger, judgeBook } from './group-ledger.ts'
import { endEpoch, type GroupMoment, keepBook, openBook } from './keep-book.ts'
import type { Look } from './look.ts'
import { readLook } from './read-look.ts'

/** A book grows by a mark per look; it is written when something happened, else this seldom. */
const STORE_EVERY: Duration = seconds(10)

/** Keeps the books of one stream: in memory, and beside the stream. */
export interface BookKeeper {
  /** Looks once, enters what it found and stores it. Rejects when Redis does not answer; the next look goes on. */
  look(): Promise<GroupLedger[]>
}

/**
 * The books in memory outlive a Redis that was flushed, those in Redis a restart of ours; the newer ones count. Two
 * keepers at a time write the same things.
 */
export function createBookKeeper(redis: Redis, stream: string): BookKeeper {
  const books = new Map<string, Book>()
  const storedAt = new Map<string, number>()

  const isDue = (group: string, book: Book, before: Book | undefined): boolean => {
    if (book.mark === null) return book.closed.length > 0 && before?.epoch !== book.epoch
    const isNews = before?.epoch !== book.epoch || before.lossAt?.at !== book.lossAt?.at
    return isNews || book.mark.at - (storedAt.get(group) ?? 0) >= STORE_EVERY
  }

  return {
    async look() {
      const look = await readLook(redis, stream)
      const due: string[] = []
      for (const group of groupsOf(look, books)) {
        const before = books.get(group)
        const known = newer(before, parseBook(look.stored.get(group) ?? ''))
        const book = known ? keepBook(known, momentOf(look, group)) : openBook(momentOf(look, group))
        books.set(group, book)
        if (isDue(group, book, before)) {
          due.push(bookField(group), JSON.stringify(book))
          storedAt.set(group, look.at)
        }
      }
      if (due.length > 0) await redis.hset(booksKey(stream), ...due)
      return [...books].map(([group, book]) => judgeBook({ stream, group }, book))
    },
  }
}

/** Judges the books as they are stored, as of now, without entering anything. */
export async function glance(redis: Redis, stream: string): Promise<GroupLedger[]> {
  const look = await readLook(redis, stream)
  return groupsOf(look).map((group) => {
    const book = parseBook(look.stored.get(group) ?? '')
    return judgeBook({ stream, group }, book && keepBook(book, momentOf(look, group)))
  })
}

/** Begins a new epoch in every book that is kept, drops those before, and gives back the books as they were. */
export async function beginNewEpochs(redis: Redis, stream: string): Promise<GroupLedger[]> {
  const look = await readLook(redis, stream)
  const dismissed: GroupLedger[] = []
  for (const [group, text] of look.stored) {
    const book = parseBook(text)
    if (book === null) continue
    const moment = momentOf(look, group)
    dismissed.push(judgeBook({ stream, group }, keepBook(book, moment)))
    const next = { ...endEpoch(book, moment, 'by-hand'), closed: [] }
    await redis.hset(booksKey(stream), bookField(group), JSON.stringify(next))
  }
  return dismissed
}

function groupsOf(look: Look, books: ReadonlyMap<string, Book> = new Map()): string[] {
  return [...new Set([...look.groups.keys(), ...look.stored.keys(), ...books.keys()])]
}

function momentOf({ at, stream, groups }: Look, group: string): GroupMoment {
  return { at, stream, group: groups.get(group) ?? null }
}

function newer(ours: Book | undefined, stored: Book | null): Book | null {
  if (!ours || !stored) return ours ?? stored
  return lookedAt(stored) > lookedAt(ours) ? stored : ours
}

const lookedAt = ({ mark, openedAt }: Book): number => mark?.at ?? openedAt
