import { PGlite, type PGliteInterface, type Transaction } from '@electric-sql/pglite'
import { DependencyError } from '#kernel/errors.ts'
import type { Answer, Database, Queryable } from './database.ts'
import { lockFolder } from './lock-folder.ts'

/**
 * PostgreSQL inside this process, in memory or in a folder. A commit survives the death of the process; it
 * does not survive a power loss, because the embedded server runs without fsync.
 */
export async function openPglite(url: string): Promise<Database> {
  const path = decodeURIComponent(url.slice('pglite://'.length))
  const inMemory = path === '' || path === 'memory'
  const lock = inMemory ? null : await lockFolder(path)
  let server: PGlite
  try {
    server = await PGlite.create(inMemory ? 'memory://' : path)
  } catch (error) {
    await lock?.[Symbol.asyncDispose]()
    throw new DependencyError(`cannot open the embedded database in "${path}": ${(error as Error).message}`, {
      cause: error,
    })
  }
  return {
    kind: 'pglite',
    ...queryable(server),
    transaction: (work) => server.transaction((transaction) => work(queryable(transaction))),
    async [Symbol.asyncDispose]() {
      await server.close()
      await lock?.[Symbol.asyncDispose]()
    },
  }
}

function queryable(client: Pick<PGliteInterface | Transaction, 'query'>): Queryable {
  return {
    async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Answer<Row>> {
      const { rows, affectedRows } = await client.query<Row>(sql, [...parameters])
      return { rows, changed: affectedRows ?? 0 }
    },
  }
}
