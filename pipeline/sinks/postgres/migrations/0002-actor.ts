import type { Migration } from '../migration.ts'

/**
 * One row per account that an identity, account or repo event spoke of. Identity and account are each
 * guarded by the sequence of the event that last changed them, the head of the repo by its rev.
 */
export const actor: Migration = {
  id: '0002-actor',
  statements: [
    `CREATE TABLE actor (
       did text COLLATE "C" PRIMARY KEY,
       handle text,
       identity_seq bigint,
       active boolean,
       status text,
       account_seq bigint,
       rev text COLLATE "C",
       indexed_at timestamptz NOT NULL DEFAULT clock_timestamp()
     )`,
  ],
}
