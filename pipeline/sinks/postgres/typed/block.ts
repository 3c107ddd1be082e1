import { referenceOf, timeOf } from './read-value.ts'
import type { TypedTable } from './typed-table.ts'

/** A block of an account. */
export const block: TypedTable = {
  table: 'bsky_block',
  collection: 'app.bsky.graph.block',
  columns: { subject: 'text', created_at: 'timestamptz' },
  toColumns({ subject, createdAt }) {
    const of = referenceOf(subject)
    return of === null ? null : { subject: of, created_at: timeOf(createdAt) }
  },
}
