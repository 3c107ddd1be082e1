import { RepoError } from '#pipeline/backfill/repo-error.ts'
import type { ListedRepo } from '#pipeline/contract.ts'

/** One answer of `com.atproto.sync.listRepos`. */
export interface Page {
  readonly repos: readonly ListedRepo[]
  /** Items that name no repo. */
  readonly rejected: number
  /** Where the next page begins; `null` when this was the last. */
  readonly cursor: string | null
}

/** A page is stored in one call, which must not block Redis for long. */
const MOST_REPOS = 5_000
const DID = /^did:[a-z]{1,20}:[a-zA-Z0-9._:%-]{1,200}$/
const CURSOR_LENGTH = 2_048

/** Reads a page. Throws `RepoError` when it is none; single items that make no sense are left out and counted. */
export function readPage(host: string, body: unknown): Page {
  const { repos, cursor } = (body ?? {}) as { repos?: unknown; cursor?: unknown }
  if (!Array.isArray(repos))
    throw new RepoError('malformed-answer', `the page of ${host} has no list of repos`)
  if (repos.length > MOST_REPOS) {
    throw new RepoError('malformed-answer', `the page of ${host} has ${repos.length} repos`)
  }
  const read = (repos as unknown[]).flatMap((item) => readRepo(host, item) ?? [])
  return { repos: read, rejected: repos.length - read.length, cursor: readCursor(host, cursor) }
}

function readRepo(host: string, item: unknown): ListedRepo | null {
  const { did, rev, active, status } = (item ?? {}) as Readonly<Record<string, unknown>>
  if (typeof did !== 'string' || !DID.test(did)) return null
  return {
    did,
    host,
    rev: typeof rev === 'string' ? rev.slice(0, 40) : '',
    status: typeof status === 'string' ? status.slice(0, 40) : null,
    active: active !== false,
  }
}

function readCursor(host: string, cursor: unknown): string | null {
  if (cursor === undefined || cursor === null || cursor === '') return null
  if (typeof cursor === 'string' && cursor.length <= CURSOR_LENGTH) return cursor
  throw new RepoError('malformed-answer', `the page of ${host} has a cursor that is no text`)
}
