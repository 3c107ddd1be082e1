import type { Getter } from '#pipeline/backfill/fetch/getter.ts'
import type { Patience } from '#pipeline/backfill/fetch/read-body.ts'
import { readJson } from '#pipeline/backfill/fetch/read-json.ts'
import { readRefusal } from '#pipeline/backfill/fetch/refusal.ts'
import { requireType } from '#pipeline/backfill/fetch/require-type.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { type Page, readPage } from './read-page.ts'

/** The page behind a cursor; `''` is the first. Throws `RepoError`. */
export type FetchPage = (cursor: string, signal: AbortSignal) => Promise<Page>

/** What the lexicon allows at most. */
const PAGE_REPOS = 1_000
const PAGE_BYTES = 4 * 1_048_576

/** `host` is an origin: `https://bsky.network`. */
export function pageFetcher(getter: Getter, host: string, patience: Patience): FetchPage {
  return async (cursor, signal) => {
    const url = new URL('/xrpc/com.atproto.sync.listRepos', host)
    url.searchParams.set('limit', String(PAGE_REPOS))
    if (cursor) url.searchParams.set('cursor', cursor)
    const answer = await getter.get(url, { accept: 'application/json', signal })
    if (answer.statusCode !== 200) {
      const { status, name } = await readRefusal(answer, patience)
      throw new RepoError('refused-by-host', `${host} answered with status ${status} ${name}`.trimEnd())
    }
    requireType(answer, ['application/json'])
    return readPage(host, await readJson(answer, PAGE_BYTES, patience))
  }
}
