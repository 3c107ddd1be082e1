import type { Queryable } from './database.ts'
import type { RepoFence } from './repo-fences.ts'

/** The records of a repo lie side by side in the primary key, as `0` is the character behind `/`. */
const BURY = `UPDATE record
  SET cid = NULL, json = NULL, verbatim = NULL, rev = fence.rev, seq = -1, deleted = true,
      indexed_at = clock_timestamp()
  FROM unnest($1::text[], $2::text[], $3::text[]) AS fence (did, collections, rev)
  WHERE record.uri >= 'at://' || fence.did || '/' AND record.uri < 'at://' || fence.did || '0'
    AND record.collection LIKE fence.collections AND record.rev < fence.rev AND NOT record.deleted
  RETURNING record.uri, record.collection`

/** A record that a snapshot did not contain. */
export interface Buried {
  readonly uri: string
  readonly collection: string
}

/**
 * Makes tombstones of records that are older than the snapshot which did not contain them. Their sequence is -1,
 * by which the guard knows them: a record of the same snapshot that comes late still takes their place.
 */
export async function buryOutdated(
  transaction: Queryable,
  fences: readonly RepoFence[],
): Promise<readonly Buried[]> {
  if (fences.length === 0) return []
  const { rows } = await transaction.query<Buried>(BURY, [
    fences.map(({ did }) => did),
    fences.map(({ pattern }) => toLike(pattern)),
    fences.map(({ rev }) => rev),
  ])
  return rows
}

/** `app.bsky.*` as LIKE wants it; every other character stands for itself. */
function toLike(pattern: string): string {
  const [, stem = '', star = ''] = /^(.*?\.|)(\*?)$/.exec(pattern) ?? [undefined, pattern]
  return stem.replaceAll(/[\\%_]/g, (character) => `\\${character}`) + (star && '%')
}
