import type { Migration } from '../migration.ts'

/**
 * When, by the relay, the identity and the account events happened that an actor is as of; as text that sorts by
 * the instant. `null` is before everything: the row is from before these columns, or had no such event.
 */
export const actorTimes: Migration = {
  id: '0008-actor-times',
  statements: [
    'ALTER TABLE actor ADD COLUMN identity_at text COLLATE "C", ADD COLUMN account_at text COLLATE "C"',
  ],
}
