import { textOf, timeOf } from './read-value.ts'
import type { TypedTable } from './typed-table.ts'

/** How an account presents itself; the handle and the status of the account are in the table `actor`. */
export const profile: TypedTable = {
  table: 'bsky_profile',
  collection: 'app.bsky.actor.profile',
  columns: { display_name: 'text', description: 'text', created_at: 'timestamptz' },
  toColumns: ({ displayName, description, createdAt }) => ({
    display_name: textOf(displayName),
    description: textOf(description),
    created_at: timeOf(createdAt),
  }),
}
