import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findExecutable } from '#kernel/process/find-executable.ts'

/** Where Debian keeps the server's programs: one folder per version, none of them on PATH. */
const DEBIAN = '/usr/lib/postgresql'

/** The folder with `initdb` and `postgres`, on PATH or where Debian puts the newest; `null` when there is none. */
export function findPostgres(): string | null {
  const onPath = findExecutable('initdb')
  if (onPath && existsSync(join(dirname(onPath), 'postgres'))) return dirname(onPath)
  if (!existsSync(DEBIAN)) return null
  const folders = readdirSync(DEBIAN)
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'))
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null
}
