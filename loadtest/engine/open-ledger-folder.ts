import { mkdir } from 'node:fs/promises'
import { DependencyError } from '#kernel/errors.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'

/** Where the ledger of a run goes. Disposing of it removes a folder of our own, and keeps one that was named. */
export interface LedgerFolder extends AsyncDisposable {
  readonly path: string
}

/** `null` makes one of our own. Throws `DependencyError` when the one that was named cannot be made. */
export async function openLedgerFolder(named: string | null): Promise<LedgerFolder> {
  if (named === null) return temporaryFolder('load')
  try {
    await mkdir(named)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return kept(named)
    throw new DependencyError(
      `cannot write the ledger to "${named}": ${(error as Error).message}; name another folder with --ledger`,
      { cause: error },
    )
  }
  return kept(named)
}

function kept(path: string): LedgerFolder {
  return { path, async [Symbol.asyncDispose]() {} }
}
