import { test as base } from 'vitest'
import { findPostgres } from '#kernel/postgres/find-postgres.ts'
import { type PrivatePostgres, startPrivatePostgres } from '#kernel/postgres/private-postgres.ts'
import type { Database } from '#pipeline/sinks/postgres/database.ts'
import { migrate } from '#pipeline/sinks/postgres/migrate.ts'
import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'
import { emptyTables } from './sink-conformance.ts'

/** Why tests with a PostgreSQL server cannot run here; `null` when they can. */
export function missingPostgres(): string | null {
  if (findPostgres()) return null
  const sentence = 'no PostgreSQL server is installed: these tests need one'
  if (process.env['STANDPIPE_REQUIRE_TOOLS']) throw new Error(`${sentence} (STANDPIPE_REQUIRE_TOOLS is set)`)
  return sentence
}

/** `test` with a PostgreSQL server: one per file, its tables empty at the start of each test. */
export const test = base.extend<{ postgres: PrivatePostgres; database: Database }>({
  postgres: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
    async ({}, use) => {
      await using server = await startPrivatePostgres()
      await use(server)
    },
    { scope: 'file' },
  ],
  database: async ({ postgres }, use) => {
    await postgres.start()
    await using database = await openDatabase(postgres.url)
    await migrate(database)
    await emptyTables(database)
    await use(database)
  },
})
