import { closeSync, fsync, fsyncSync, openSync, writeSync } from 'node:fs'
import { DependencyError } from '#kernel/errors.ts'

/** A file of JSON lines that must not be missing afterwards: written at once, on the disk every second. */
export interface LineFile extends Disposable {
  /** Throws `DependencyError` when the disk is full, or the file cannot be written for another reason. */
  write(line: object): void
}

const SYNC_EVERY_MS = 1_000

/** Begins the file anew. Throws `DependencyError` when it cannot. */
export function openLineFile(path: string): LineFile {
  let failed = false
  const orRefuse = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      failed = true
      throw new DependencyError(
        `cannot write the ledger "${path}": ${(error as Error).message}; make room there, or name another folder with --ledger`,
        { cause: error },
      )
    }
  }
  const file = orRefuse(() => openSync(path, 'w'))
  const timer = setInterval(() => fsync(file, () => {}), SYNC_EVERY_MS)
  timer.unref()
  return {
    write: (line) => void orRefuse(() => writeSync(file, `${JSON.stringify(line)}\n`)),
    [Symbol.dispose]() {
      clearInterval(timer)
      try {
        // Whoever could not write has said so already.
        if (!failed) orRefuse(() => fsyncSync(file))
      } finally {
        closeSync(file)
      }
    },
  }
}
