import type { Queryable } from '#pipeline/sinks/postgres/database.ts'

const PAGE_ROWS = 5_000

/**
 * The rows of a query, page by page through a cursor on the server: neither side holds the result in one
 * piece. The cursor belongs to a session, so the database must have been opened with one connection.
 */
export async function* readRows<Row>(database: Queryable, sql: string): AsyncGenerator<readonly Row[]> {
  await database.query(`DECLARE ledger_page CURSOR WITH HOLD FOR ${sql}`)
  try {
    for (;;) {
      const { rows } = await database.query<Row>(`FETCH ${PAGE_ROWS} FROM ledger_page`)
      if (rows.length === 0) return
      yield rows
    }
  } finally {
    await database.query('CLOSE ledger_page')
  }
}
