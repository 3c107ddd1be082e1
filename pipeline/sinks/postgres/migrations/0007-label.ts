import type { Migration } from '../migration.ts'

/**
 * What each labeler last said of each subject with each value, negations included: a label holds unless `neg` or
 * past its `exp`. `ordered_at` is its `cts` as text that sorts by the instant. `json` is the label as it came.
 */
export const label: Migration = {
  id: '0007-label',
  statements: [
    `CREATE TABLE label (
       src text COLLATE "C" NOT NULL,
       uri text COLLATE "C" NOT NULL,
       val text COLLATE "C" NOT NULL,
       neg boolean NOT NULL,
       cid text,
       cts timestamptz NOT NULL,
       exp timestamptz,
       ordered_at text COLLATE "C" NOT NULL,
       json jsonb NOT NULL,
       indexed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
       PRIMARY KEY (src, uri, val)
     )`,
    'CREATE INDEX label_uri ON label (uri)',
  ],
}
