import type { Database } from './database.ts'
import type { Migration } from './migration.ts'
import { record } from './migrations/0001-record.ts'
import { actor } from './migrations/0002-actor.ts'
import { effect } from './migrations/0003-effect.ts'
import { position } from './migrations/0004-position.ts'
import { repoFence } from './migrations/0005-repo-fence.ts'
import { typed } from './migrations/0006-typed.ts'
import { label } from './migrations/0007-label.ts'
import { actorTimes } from './migrations/0008-actor-times.ts'

export const MIGRATIONS: readonly Migration[] = [
  record,
  actor,
  effect,
  position,
  repoFence,
  typed,
  label,
  actorTimes,
]

/** Any number does, as long as everybody who migrates this schema takes the same one. */
const ADVISORY_LOCK = 7_356_204

/** Brings the schema up to date in one transaction; indexers that start together wait for each other. */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK])
    await transaction.query(`CREATE TABLE IF NOT EXISTS standpipe_migration (
      id text PRIMARY KEY,
      applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )`)
    const { rows } = await transaction.query<{ id: string }>('SELECT id FROM standpipe_migration')
    const applied = new Set(rows.map(({ id }) => id))
    for (const { id, statements } of migrations) {
      if (applied.has(id)) continue
      for (const statement of statements) await transaction.query(statement)
      await transaction.query('INSERT INTO standpipe_migration (id) VALUES ($1)', [id])
    }
  })
}
