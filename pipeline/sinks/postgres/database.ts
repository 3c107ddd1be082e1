/** What one statement gave back. */
export interface Answer<Row> {
  readonly rows: readonly Row[]
  /** Rows that it inserted, updated or deleted. */
  readonly changed: number
}

/** Runs one statement with `$1…` parameters. Callers name the row, as SQL cannot. */
export interface Queryable {
  query<Row = never>(sql: string, parameters?: readonly unknown[]): Promise<Answer<Row>>
}

/** PostgreSQL, as a server or embedded: all that the sink, the ledger and the tests need of either. */
export interface Database extends Queryable, AsyncDisposable {
  readonly kind: 'postgres' | 'pglite'
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>
}
