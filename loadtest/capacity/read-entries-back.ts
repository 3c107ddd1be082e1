import type { Redis } from 'ioredis'
import { compareEntries } from './comparison.ts'
import type { ReadBack } from './read-back.ts'

export interface ReadBackPlan {
  readonly redis: Redis
  readonly stream: string
  readonly asked: number
  /** Hands over the values once more that were appended, in their order. */
  readonly again: (count: number) => readonly string[]
  readonly update: (read: number) => void
  readonly signal: AbortSignal
}

const PAGE = 2_000

/** Reads the whole stream, page by page, and compares every entry; Redis prepares a page while we compare another. */
export async function readEntriesBack({
  redis,
  stream,
  asked,
  again,
  update,
  signal,
}: ReadBackPlan): Promise<ReadBack> {
  const comparison = compareEntries(() => asked, again)
  const pageFrom = (id: string) => redis.xrange(stream, id, '+', 'COUNT', PAGE)
  let read = 0
  let page = await pageFrom('-')
  while (page.length > 0) {
    signal.throwIfAborted()
    const next = pageFrom(`(${page.at(-1)?.[0]}`)
    // Awaited below; a comparison that throws must not leave its rejection to nobody.
    next.catch(() => {})
    comparison.take(page.map(([, fields]) => fields[1] ?? ''))
    read += page.length
    update(read)
    page = await next
  }
  return comparison.finish()
}
