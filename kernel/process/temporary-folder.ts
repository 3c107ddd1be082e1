import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onProcessExit } from './on-process-exit.ts'

/** A folder of our own, gone when disposed of, and also when the process ends without disposing. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
}

/** `purpose` becomes part of the name, so that whoever finds a leftover knows whose it was. */
export async function temporaryFolder(purpose: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `standpipe-${purpose}-`))
  // A process that was killed a moment ago may still write a last file into it.
  const stubborn = { recursive: true, force: true, maxRetries: 10, retryDelay: 20 }
  const forget = onProcessExit(({ rmSync }) => rmSync(path, stubborn))
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, stubborn)
      forget()
    },
  }
}
