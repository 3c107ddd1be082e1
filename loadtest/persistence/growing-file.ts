import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DependencyError } from '#kernel/errors.ts'

/** The file of the append-only log that a Redis of 7.0 or later was writing to, by the `dir` of the server. */
export async function growingFile(dir: string): Promise<string> {
  const folder = join(dir, 'appendonlydir')
  const numberOf = (name: string) => Number(/\.(\d+)\.incr\.aof$/.exec(name)?.[1] ?? 0)
  const names = (await readdir(folder).catch(() => [])).filter((name) => numberOf(name) > 0)
  const [newest] = names.toSorted((a, b) => numberOf(b) - numberOf(a))
  if (newest === undefined)
    throw new DependencyError(`no append-only file in "${folder}"; it takes Redis 7.0 or later`)
  return join(folder, newest)
}
