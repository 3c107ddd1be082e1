import type { Queryable } from '#pipeline/sinks/postgres/database.ts'
import type { Effect } from './effect.ts'
import type { Pages } from './pages.ts'
import { readRows } from './read-rows.ts'

/**
 * What the sink wrote down about every entry it committed, in the order of the commits. Rows of one instant
 * (the embedded database has a clock of milliseconds) are taken to be in order, since nothing says otherwise.
 */
export function readEffects(database: Queryable): Pages<Effect> {
  return readRows<Effect>(
    database,
    `SELECT entry_id AS "entryId", did, rev, collection, rkey, action, seq::float8 AS seq, applied
     FROM effect ORDER BY committed_at, seq`,
  )
}
