import { DependencyError } from '#kernel/errors.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'

/** A schema of our own in somebody's PostgreSQL, dropped when disposed of. Nothing else of theirs is touched. */
export interface BorrowedDatabase extends AsyncDisposable {
  /** Connects into the schema. */
  readonly url: string
}

/** Throws `DependencyError` when the database is out of reach or lets us create no schema. */
export async function borrowDatabase(databaseUrl: string): Promise<BorrowedDatabase> {
  const schema = `standpipe_load_${process.pid}_${Date.now().toString(36)}`
  // Not through URL, which refuses the empty host of a connection by unix socket.
  const url = `${databaseUrl}${databaseUrl.includes('?') ? '&' : '?'}options=${encodeURIComponent(`-c search_path=${schema}`)}`
  const run = async (sql: string) => {
    await using database = await openDatabase(databaseUrl, { connections: 1 })
    await database.query(sql)
  }
  try {
    await run(`CREATE SCHEMA ${schema}`)
  } catch (error) {
    throw new DependencyError(
      `cannot create a schema in ${redactUrl(databaseUrl)}: ${(error as Error).message}; leave DATABASE_URL unset for an embedded one`,
      { cause: error },
    )
  }
  return {
    url,
    [Symbol.asyncDispose]: () => run(`DROP SCHEMA ${schema} CASCADE`),
  }
}
