import type { Database } from '#pipeline/sinks/postgres/database.ts'
import type { Contender } from '../bench.ts'

const TABLES = ['record', 'bsky_like']

/**
 * COPY of the rows that the sink wrote last, from a file beside the database into tables of the same shape: what
 * the server itself needs for the rows and their indexes, with nobody to read, judge or acknowledge anything.
 */
export function rawCopy(name: string, database: Database, rows: number): Contender {
  return {
    name,
    async round() {
      const { rows: settings } = await database.query<{ folder: string }>(
        `SELECT current_setting('data_directory') AS folder`,
      )
      const fileOf = (table: string) => `${settings[0]?.folder}/bench-${table}.copy`
      for (const table of TABLES) {
        await database.query(
          `COPY (SELECT * FROM ${table} ORDER BY rev DESC LIMIT ${rows}) TO '${fileOf(table)}'`,
        )
        await database.query(`DROP TABLE IF EXISTS copied_${table}`)
        await database.query(`CREATE TABLE copied_${table} (LIKE ${table} INCLUDING ALL)`)
      }
      const startedAt = performance.now()
      for (const table of TABLES) {
        const { changed } = await database.query(`COPY copied_${table} FROM '${fileOf(table)}'`)
        if (changed !== rows) throw new Error(`copied ${changed} rows of ${table}, expected ${rows}`)
      }
      return rows / ((performance.now() - startedAt) / 1_000)
    },
  }
}
