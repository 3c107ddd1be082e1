import { timeOf, uriIn } from './read-value.ts'
import type { TypedTable } from './typed-table.ts'

/** A repost of a record. */
export const repost: TypedTable = {
  table: 'bsky_repost',
  collection: 'app.bsky.feed.repost',
  columns: { subject: 'text', created_at: 'timestamptz' },
  toColumns({ subject, createdAt }) {
    const of = uriIn(subject)
    return of === null ? null : { subject: of, created_at: timeOf(createdAt) }
  },
}
