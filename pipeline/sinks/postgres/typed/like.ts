import { timeOf, uriIn } from './read-value.ts'
import type { TypedTable } from './typed-table.ts'

/** A like of a record. */
export const like: TypedTable = {
  table: 'bsky_like',
  collection: 'app.bsky.feed.like',
  columns: { subject: 'text', created_at: 'timestamptz' },
  toColumns({ subject, createdAt }) {
    const of = uriIn(subject)
    return of === null ? null : { subject: of, created_at: timeOf(createdAt) }
  },
}
