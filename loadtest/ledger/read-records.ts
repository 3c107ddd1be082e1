import type { Queryable } from '#pipeline/sinks/postgres/database.ts'
import type { Pages } from './pages.ts'
import { readRows } from './read-rows.ts'
import type { RecordRow } from './record-row.ts'

/** Every record that the sink holds, tombstones included, in no order. */
export function readRecords(database: Queryable): Pages<RecordRow> {
  return readRows<RecordRow>(
    database,
    `SELECT did, collection, rkey, rev, CASE WHEN deleted THEN NULL ELSE cid END AS cid FROM record`,
  )
}
