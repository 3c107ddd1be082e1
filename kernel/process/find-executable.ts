import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { environment } from '#kernel/config/env.ts'

/** The full path of an executable on PATH, or `null` when there is none. */
export function findExecutable(name: string): string | null {
  for (const folder of (environment()['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not in this folder; the next one may have it.
    }
  }
  return null
}
