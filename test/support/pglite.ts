import { test as base } from 'vitest'
import type { Database } from '#pipeline/sinks/postgres/database.ts'
import { migrate } from '#pipeline/sinks/postgres/migrate.ts'
import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'
import { emptyTables } from './sink-conformance.ts'

/** `test` with an embedded PostgreSQL in memory: one per file, its tables empty at the start of each test. */
export const test = base.extend<{ server: Database; database: Database }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
    async ({}, use) => {
      await using server = await openDatabase('pglite://memory')
      await migrate(server)
      await use(server)
    },
    { scope: 'file' },
  ],
  database: async ({ server }, use) => {
    await emptyTables(server)
    await use(server)
  },
})
