import { Socket } from 'node:net'
import { Pool, type PoolClient } from 'pg'
import { DependencyError } from '#kernel/errors.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import { seconds } from '#kernel/time/duration.ts'
import type { Answer, Database, Queryable } from './database.ts'

/**
 * A pool that never waits for ever: connecting and every statement have a deadline, so that a half-open
 * socket becomes an error that the caller can try again.
 */
export async function openPostgres(url: string, connections: number): Promise<Database> {
  const sockets = new Set<Socket>()
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: 'standpipe',
    connectionTimeoutMillis: seconds(5),
    query_timeout: seconds(60),
    // A consumer that is paused in the middle of a commit must not keep the others from its rows.
    idle_in_transaction_session_timeout: seconds(10),
    keepAlive: true,
    stream: () => {
      const socket = new Socket()
      sockets.add(socket)
      return socket.once('close', () => sockets.delete(socket))
    },
  })
  // An idle connection that breaks is replaced by the pool; whoever needs one hears of it then.
  pool.on('error', () => {})
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    await leave(pool, sockets)
    const reason = (error as Error).message
    throw new DependencyError(`cannot reach PostgreSQL at ${redactUrl(url)}: ${reason}`, { cause: error })
  }
  return {
    kind: 'postgres',
    ...queryable(pool),
    transaction: (work) => inTransaction(pool, work),
    [Symbol.asyncDispose]: () => leave(pool, sockets),
  }
}

/** Says goodbye, and hangs up on a server that does not answer it: the pool alone would wait for ever. */
async function leave(pool: Pool, sockets: ReadonlySet<Socket>): Promise<void> {
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  const timer = setTimeout(hangUp, seconds(2))
  try {
    await pool.end()
  } finally {
    clearTimeout(timer)
  }
}

function queryable(client: Pool | PoolClient): Queryable {
  return {
    async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Answer<Row>> {
      const { rows, rowCount } = await client.query(sql, [...parameters])
      return { rows: rows as Row[], changed: rowCount ?? 0 }
    },
  }
}

async function inTransaction<T>(pool: Pool, work: (transaction: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  // Without a listener, a connection that breaks between two statements would end the process.
  const broken = () => {}
  client.on('error', broken)
  let failure: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(queryable(client))
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((reason: Error) => {
      failure = reason
    })
    throw error
  } finally {
    client.off('error', broken)
    client.release(failure)
  }
}
