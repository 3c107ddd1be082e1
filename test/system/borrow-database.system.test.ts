import { describe, expect, test } from 'vitest'
import { borrowDatabase } from '#loadtest/end-to-end/borrow-database.ts'
import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'
import { missingPostgres, test as withPostgres } from '#test/support/postgres.ts'

const missing = missingPostgres()

describe.skipIf(missing !== null)(missing ?? 'a borrowed database', () => {
  withPostgres(
    'holds what is written in a schema of its own, which is gone afterwards',
    async ({ postgres }) => {
      await using theirs = await openDatabase(postgres.url, { connections: 1 })
      const names = async (sql: string) =>
        (await theirs.query<{ name: string }>(sql)).rows.map(({ name }) => name)
      const schemas = () => names('SELECT nspname AS name FROM pg_namespace ORDER BY 1')
      const before = await schemas()
      {
        await using borrowed = await borrowDatabase(postgres.url)
        await using ours = await openDatabase(borrowed.url, { connections: 1 })
        await ours.query('CREATE TABLE preflight_was_here (uri text)')
        const [schema] = await names(
          "SELECT schemaname AS name FROM pg_tables WHERE tablename = 'preflight_was_here'",
        )
        expect(schema).toMatch(/^standpipe_load_/)
        expect(await schemas()).toContain(schema)
      }
      expect(await schemas()).toEqual(before)
    },
  )
})

test('a database that is out of reach is told without its password', async () => {
  await expect(borrowDatabase('postgres://me:hunter2@127.0.0.1:1/x')).rejects.toThrow(
    /cannot create a schema in postgres:\/\/me:\*\*\*@127.0.0.1:1\/x: .*; leave DATABASE_URL unset/,
  )
})
