import { referenceOf, timeOf } from './read-value.ts'
import type { TypedTable } from './typed-table.ts'

/** A follow of an account. */
export const follow: TypedTable = {
  table: 'bsky_follow',
  collection: 'app.bsky.graph.follow',
  columns: { subject: 'text', created_at: 'timestamptz' },
  toColumns({ subject, createdAt }) {
    const of = referenceOf(subject)
    return of === null ? null : { subject: of, created_at: timeOf(createdAt) }
  },
}
