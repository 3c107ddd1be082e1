import { existsSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { DependencyError, UsageError } from '#kernel/errors.ts'
import type { End, Head, Snapshot } from './snapshot.ts'

/** Where snapshots go, each on the disk before the next is taken. */
export interface SnapshotFile extends AsyncDisposable {
  keep(line: Snapshot | End): Promise<void>
}

export const SNAPSHOTS = 'snapshots.jsonl'

/**
 * Begins the file of a run. Throws `UsageError` where another run has kept its own, `DependencyError`, also later, when it
 * cannot be written.
 */
export async function openSnapshots(folder: string, head: Head): Promise<SnapshotFile> {
  const path = join(folder, SNAPSHOTS)
  const telling = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work()
    } catch (error) {
      throw new DependencyError(
        `cannot keep snapshots in "${path}": ${(error as Error).message}; make room there, or give --out`,
        { cause: error },
      )
    }
  }
  await telling(() => mkdir(folder, { recursive: true }))
  if (existsSync(path))
    throw new UsageError(`"${path}" holds the snapshots of another run; give another --out`)
  const handle = await telling(() => open(path, 'wx'))
  const keep = (line: object) =>
    telling(async () => {
      await handle.appendFile(`${JSON.stringify(line)}\n`)
      await handle.sync()
    })
  await keep(head)
  return { keep, [Symbol.asyncDispose]: () => handle.close() }
}
