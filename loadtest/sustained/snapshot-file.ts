import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { DependencyError } from '#kernel/errors.ts'
import type { End, Head, Snapshot } from './snapshot.ts'

/** Where snapshots go, each on the disk before the next is taken. */
export interface SnapshotFile extends AsyncDisposable {
  keep(line: Snapshot | End): Promise<void>
}

export const SNAPSHOTS = 'snapshots.jsonl'

/** Begins the file of a run. Throws `DependencyError`, also later, when it cannot be written. */
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
  const handle = await telling(async () => {
    await mkdir(folder, { recursive: true })
    return await open(path, 'w')
  })
  const keep = (line: object) =>
    telling(async () => {
      await handle.appendFile(`${JSON.stringify(line)}\n`)
      await handle.sync()
    })
  await keep(head)
  return { keep, [Symbol.asyncDispose]: () => handle.close() }
}
