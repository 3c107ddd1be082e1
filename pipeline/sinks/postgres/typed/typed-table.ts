/** A record as it came: whatever its author wrote. */
export type AnyRecord = Readonly<Record<string, unknown>>

/** One row of a typed table, without the columns that all of them have. `null` is a value that is absent. */
export type Columns = Readonly<Record<string, string | null>>

/**
 * A table for the records of one collection, beside the table `record`, which keeps everything. Every typed table
 * also has `uri`, `did` and `rev`.
 */
export interface TypedTable {
  readonly table: string
  readonly collection: string
  /** Names of its own columns with their types in PostgreSQL. */
  readonly columns: Readonly<Record<string, 'text' | 'timestamptz'>>
  /** `null` when the record is not what its lexicon says: then it has no row here, and stays in `record`. */
  readonly toColumns: (record: AnyRecord) => Columns | null
}
