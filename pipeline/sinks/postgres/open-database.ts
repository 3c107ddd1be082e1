import { UsageError } from '#kernel/errors.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import type { Database } from './database.ts'
import { openPglite } from './open-pglite.ts'
import { openPostgres } from './open-postgres.ts'

export interface OpenOptions {
  /** Most connections at a time; an embedded database has one whatever is asked for. */
  readonly connections?: number
}

/**
 * Opens `postgres://…`, `pglite://memory` or `pglite:///folder`. Throws `UsageError` for another URL, and
 * `DependencyError` when the database cannot be reached or its folder is in use.
 */
export async function openDatabase(url: string, { connections = 4 }: OpenOptions = {}): Promise<Database> {
  switch (/^([a-z]+):\/\//.exec(url)?.[1] ?? '') {
    case 'postgres':
    case 'postgresql':
      return openPostgres(url, connections)
    case 'pglite':
      return openPglite(url)
    default:
      throw new UsageError(
        `not a database: "${redactUrl(url)}"; expected postgres://…, pglite:///folder or pglite://memory`,
      )
  }
}
