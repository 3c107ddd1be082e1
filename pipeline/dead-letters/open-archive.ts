import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DependencyError } from '#kernel/errors.ts'
import type { DeadLetter } from './letter.ts'
import { toJson } from './to-json.ts'

/** A file that keeps letters, one JSON object per line, newest last. */
export interface Archive extends AsyncDisposable {
  /** Resolves once the letters are on the disk, whatever happens to this process or machine afterwards. */
  keep(letters: readonly DeadLetter[]): Promise<void>
}

/** Opens a file to add to; what it holds stays. Throws `DependencyError` when it cannot be written. */
export async function openArchive(path: string): Promise<Archive> {
  const cannot = (error: unknown) =>
    new DependencyError(`cannot write the archive "${path}": ${(error as Error).message}`, { cause: error })
  try {
    const file = await open(path, 'a', 0o600)
    await syncFolder(dirname(path))
    return {
      async keep(letters) {
        try {
          await file.appendFile(letters.map((letter) => `${JSON.stringify(toJson(letter))}\n`).join(''))
          await file.sync()
        } catch (error) {
          throw cannot(error)
        }
      },
      [Symbol.asyncDispose]: () => file.close(),
    }
  } catch (error) {
    throw cannot(error)
  }
}

/** A file that was made just now is lost with its folder's entry, unless that is on the disk as well. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
