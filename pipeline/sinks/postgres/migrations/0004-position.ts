import type { Migration } from '../migration.ts'

/** Up to which entry a group needs no delivery any more: where to recreate it when Redis has lost it. */
export const position: Migration = {
  id: '0004-position',
  statements: [
    `CREATE TABLE position (
       stream text NOT NULL,
       grp text NOT NULL,
       last_id text NOT NULL,
       PRIMARY KEY (stream, grp)
     )`,
  ],
}
