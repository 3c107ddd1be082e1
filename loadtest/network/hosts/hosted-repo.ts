import { accountOf } from '../account.ts'
import type { Commit, Write } from '../repo.ts'
import { archivedRepo } from './archived-repo.ts'
import type { ServedRepo } from './served-repo.ts'

/** An account whose records are kept, so that its whole repo can be served. */
export interface HostedRepo extends ServedRepo {
  commit(writes: readonly Write[], rev: string): Commit
}

/** An account with an empty repo; the first commit makes it one that can be served. */
export function hostedRepo(options: { name: string; handle: string; k256: boolean }): HostedRepo {
  const account = accountOf(options)
  const archive = archivedRepo(account)
  const commit = (writes: readonly Write[], rev: string) => {
    const made = account.repo.commit(writes, rev)
    archive.keep(made)
    return made
  }
  // What the archive knows are getters, which a spread would freeze.
  return Object.assign(archive, { commit })
}
