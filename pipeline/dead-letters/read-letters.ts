import type { Redis } from 'ioredis'
import type { DeadLetter } from './letter.ts'
import { parseLetter } from './parse-letter.ts'
import { type Selection, selects } from './selection.ts'

/** Letters per round trip. A letter holds a whole entry, so a page stays within some hundred kilobytes. */
const PAGE = 100

export interface ReadLettersOptions {
  /** The key of the dead-letter stream. */
  readonly letters: string
  readonly selection?: Selection
  /** The last ID to look at; letters written later are not seen. All there are when absent. */
  readonly upTo?: string
  readonly signal?: AbortSignal
}

/**
 * The letters that are meant, oldest first, page by page: what a caller removes meanwhile disturbs nothing. IDs
 * are looked up one by one; anything else looks at every letter there is. A page may be empty.
 */
export async function* readLetters(
  redis: Redis,
  { letters, selection = {}, upTo = '+', signal }: ReadLettersOptions,
): AsyncGenerator<DeadLetter[]> {
  const pages = selection.ids ? byId(redis, letters, selection.ids) : byRange(redis, letters, upTo)
  for await (const page of pages) {
    signal?.throwIfAborted()
    yield page.filter((letter) => selects(selection, letter))
  }
}

async function* byRange(redis: Redis, letters: string, upTo: string): AsyncGenerator<DeadLetter[]> {
  let from = '-'
  for (;;) {
    const page = toLetters(await redis.callBuffer('XRANGE', letters, from, upTo, 'COUNT', PAGE))
    const last = page.at(-1)
    if (!last) return
    yield page
    from = `(${last.id}`
  }
}

async function* byId(redis: Redis, letters: string, ids: readonly string[]): AsyncGenerator<DeadLetter[]> {
  const unique = [...new Set(ids)]
  for (let at = 0; at < unique.length; at += PAGE) {
    const replies = await Promise.all(
      unique.slice(at, at + PAGE).map((id) => redis.callBuffer('XRANGE', letters, id, id)),
    )
    yield replies.flatMap(toLetters)
  }
}

function toLetters(reply: unknown): DeadLetter[] {
  return (reply as readonly (readonly [Buffer, Buffer[]])[]).map(([id, parts]) =>
    parseLetter(id.toString('latin1'), parts),
  )
}
