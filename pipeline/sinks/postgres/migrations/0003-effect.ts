import type { Migration } from '../migration.ts'

/**
 * One row per committed entry, for the ledger. No unique constraint on purpose: a second row for an event is
 * a duplicate delivery, a second one that says `applied` a duplicate effect, and both must be seen.
 */
export const effect: Migration = {
  id: '0003-effect',
  statements: [
    `CREATE TABLE effect (
       entry_id text NOT NULL,
       did text NOT NULL,
       rev text,
       collection text,
       rkey text,
       action text NOT NULL,
       seq bigint NOT NULL,
       applied boolean NOT NULL,
       event_time timestamptz NOT NULL,
       committed_at timestamptz NOT NULL DEFAULT clock_timestamp()
     )`,
  ],
}
