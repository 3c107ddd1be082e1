import type { Redis } from 'ioredis'
import { LISTING_DONE, type ListedRepo } from '#pipeline/contract.ts'
import type { Page } from './read-page.ts'

/** What Redis holds of a listing, as it is written; `''` where it holds nothing. */
export interface ListingState {
  readonly cursor: string
  readonly tail: string
}

/** What a page means for a listing. */
export interface Step {
  /** What the page adds to what is stored. */
  readonly repos: readonly ListedRepo[]
  readonly next: ListingState
}

interface Tail {
  /** Where the newest page stored begins. */
  readonly cursor: string
  /** The last repo of it; `null` when it was empty. */
  readonly last: string | null
}

export async function readListing(redis: Redis, cursorKey: string, tailKey: string): Promise<ListingState> {
  const [cursor, tail] = await redis.mget(cursorKey, tailKey)
  return { cursor: cursor ?? '', tail: tail ?? '' }
}

export function isDone({ cursor }: ListingState): boolean {
  return cursor === LISTING_DONE
}

/**
 * Where to look next: behind the cursor or, when all is stored, at the last page again, which newcomers make
 * longer. `null` when it is not known, because another program finished the listing.
 */
export function whereNext(state: ListingState): string | null {
  return isDone(state) ? (parseTail(state.tail)?.cursor ?? null) : state.cursor
}

/** The page that was found at `whereNext`, as the next step. The mark of the end is part of the last page. */
export function toStep(state: ListingState, { repos, cursor }: Page): Step {
  const from = whereNext(state) ?? ''
  const known = isDone(state) ? (parseTail(state.tail)?.last ?? null) : null
  const fresh = repos.slice(repos.findLastIndex(({ did }) => did === known) + 1)
  const tail: Tail = { cursor: from, last: repos.at(-1)?.did ?? known }
  return { repos: fresh, next: { cursor: cursor ?? LISTING_DONE, tail: JSON.stringify(tail) } }
}

export function isSame(one: ListingState, other: ListingState): boolean {
  return one.cursor === other.cursor && one.tail === other.tail
}

function parseTail(text: string): Tail | null {
  try {
    const { cursor, last } = JSON.parse(text) as { cursor?: unknown; last?: unknown }
    return typeof cursor === 'string' ? { cursor, last: typeof last === 'string' ? last : null } : null
  } catch {
    return null
  }
}
