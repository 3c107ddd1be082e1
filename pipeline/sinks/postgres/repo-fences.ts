import type { RepoEvent } from '#pipeline/contract.ts'
import { type CollectionFilter, collectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import type { Queryable } from './database.ts'

/** What is older than `rev` in the collections of the pattern is out of date. */
export interface RepoFence {
  readonly did: string
  readonly pattern: string
  readonly rev: string
}

/** Whether a change of a record is out of date, because a snapshot has told of a later state. */
export type OutOfDate = (change: {
  readonly did: string
  readonly collection: string
  readonly rev: string
}) => boolean

const WRITE = `INSERT INTO repo_fence AS stored (did, pattern, rev)
  SELECT did, pattern, rev FROM unnest($1::text[], $2::text[], $3::text[]) AS fence (did, pattern, rev)
  ON CONFLICT (did, pattern) DO UPDATE SET rev = excluded.rev WHERE stored.rev < excluded.rev
  RETURNING did, pattern, rev`

/**
 * Stores what the closing events of snapshots say, and returns what is new of it. A snapshot that does not name its
 * collections says nothing about those it left out, so it fences nothing.
 */
export async function writeFences(
  transaction: Queryable,
  events: readonly RepoEvent[],
): Promise<readonly RepoFence[]> {
  const newest = new Map<string, RepoFence>()
  for (const { did, rev, collections = [] } of events) {
    for (const pattern of collections) {
      const key = `${did} ${pattern}`
      const known = newest.get(key)
      if (!known || known.rev < rev) newest.set(key, { did, pattern, rev })
    }
  }
  if (newest.size === 0) return []
  const ordered = [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fence]) => fence)
  const column = (name: keyof RepoFence) => ordered.map((fence) => fence[name])
  const { rows } = await transaction.query<RepoFence>(WRITE, [
    column('did'),
    column('pattern'),
    column('rev'),
  ])
  return rows
}

/** Looks up what snapshots have said about these repos. */
export async function readFences(transaction: Queryable, dids: readonly string[]): Promise<OutOfDate> {
  if (dids.length === 0) return () => false
  const { rows } = await transaction.query<RepoFence>(
    'SELECT did, pattern, rev FROM repo_fence WHERE did = ANY($1::text[])',
    [dids],
  )
  const fences = new Map<string, { readonly rev: string; readonly covers: CollectionFilter }[]>()
  for (const { did, pattern, rev } of rows) {
    const ofRepo = fences.get(did) ?? []
    ofRepo.push({ rev, covers: collectionFilter([pattern]) })
    fences.set(did, ofRepo)
  }
  return ({ did, collection, rev }) =>
    fences.get(did)?.some((fence) => rev < fence.rev && fence.covers(collection)) ?? false
}
