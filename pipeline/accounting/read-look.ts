import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { type ReplyFields, replyFields } from '#kernel/redis/reply-fields.ts'
import { bookField, booksKey, type Settlement, settlementField, TRIMMED_FIELD } from '#pipeline/contract.ts'
import { type GroupLook, type Look, NOTHING_SETTLED, type Settled, type StreamLook } from './look.ts'

const SCRIPT = readFileSync(new URL('./look.lua', import.meta.url), 'utf8')

/** Beyond that it is enough to know that many are lost. */
const MOST_BODILESS = 1_000

type Books = ReadonlyMap<string, string>

/**
 * One round trip, one moment: O(groups), and O(lost bodies) up to a thousand. Throws `DependencyError` on a
 * Redis before 7.0, which does not count what is added.
 */
export async function readLook(redis: Redis, stream: string): Promise<Look> {
  const reply = await redis.callBuffer('EVAL', SCRIPT, 2, stream, booksKey(stream), MOST_BODILESS)
  const [seconds, microseconds, state, groups, kept] = reply as [
    Buffer,
    Buffer,
    unknown,
    [unknown, number][],
    Buffer[],
  ]
  const books = toMap(kept)
  return {
    at: Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000),
    stream: state === null ? null : toStreamLook(replyFields('XINFO STREAM', state), books),
    groups: new Map(groups.map(([fields, bodiless]) => toGroupLook(fields, bodiless, books))),
    stored: new Map(
      [...books].flatMap(([field, text]) =>
        field.startsWith(bookField('')) ? [[field.slice(bookField('').length), text] as const] : [],
      ),
    ),
  }
}

function toMap(flat: readonly Buffer[]): Books {
  const map = new Map<string, string>()
  for (let at = 0; at + 1 < flat.length; at += 2) map.set(String(flat[at]), String(flat[at + 1]))
  return map
}

function toStreamLook(fields: ReplyFields, books: Books): StreamLook {
  if (!fields.has('entries-added')) {
    throw new DependencyError(
      'this Redis does not count what is added to a stream; the ledger needs 7.0 or newer',
    )
  }
  return {
    added: fields.number('entries-added'),
    length: fields.number('length'),
    firstEntryId: fields.text('first-entry') || null,
    lastGeneratedId: fields.text('last-generated-id'),
    maxDeletedEntryId: fields.text('max-deleted-entry-id'),
    trimmed: countOf(books, TRIMMED_FIELD),
  }
}

function toGroupLook(reply: unknown, bodiless: number, books: Books): [string, GroupLook] {
  const fields = replyFields('XINFO GROUPS', reply)
  const name = fields.text('name')
  const state = {
    lastDeliveredId: fields.text('last-delivered-id'),
    pending: fields.number('pending'),
    bodiless,
    entriesRead: fields.numberOrNull('entries-read'),
    lag: fields.numberOrNull('lag'),
  }
  const settled = settledBy(name, books) ?? (isAllPending(state) ? NOTHING_SETTLED : null)
  return [name, { ...state, settled }]
}

/** Whether all that was ever delivered is pending: then nothing was settled, and nobody had to count. */
function isAllPending({ lastDeliveredId, pending, entriesRead }: Omit<GroupLook, 'settled'>): boolean {
  return lastDeliveredId === '0-0' || entriesRead === pending
}

function settledBy(group: string, books: Books): Settled | null {
  const count = (settlement: Settlement) => countOf(books, settlementField(settlement, group))
  const acknowledged = count('acknowledged')
  const deadLettered = count('dead-lettered')
  const lostBodies = count('lost-bodies')
  if (acknowledged === null && deadLettered === null && lostBodies === null) return null
  return { acknowledged: acknowledged ?? 0, deadLettered: deadLettered ?? 0, lostBodies: lostBodies ?? 0 }
}

function countOf(books: Books, field: string): number | null {
  const text = books.get(field)
  return text === undefined ? null : Number(text)
}
