import type { Migration } from '../migration.ts'

/**
 * One row per record, tombstones included: a deleted record keeps its row and the rev of its deletion, so
 * that an older create which arrives late cannot bring it back. Revs are TIDs and compare as bytes.
 * `verbatim` holds the exact JSON text of a record that jsonb cannot hold as it is; see `toStorable`.
 */
export const record: Migration = {
  id: '0001-record',
  statements: [
    `CREATE TABLE record (
       uri text COLLATE "C" PRIMARY KEY,
       did text NOT NULL,
       collection text NOT NULL,
       rkey text NOT NULL,
       cid text,
       rev text COLLATE "C" NOT NULL,
       json jsonb,
       verbatim text,
       seq bigint NOT NULL,
       deleted boolean NOT NULL,
       indexed_at timestamptz NOT NULL DEFAULT clock_timestamp()
     )`,
  ],
}
