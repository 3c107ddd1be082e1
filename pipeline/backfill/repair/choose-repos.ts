import type { ListedRepo } from '#pipeline/contract.ts'
import { momentOfRev } from './moment-of-rev.ts'

/**
 * The repos that may have changed at or after a moment, in milliseconds since the epoch; all when it is `null`.
 * The revision that the index has cannot tell: a repo that changed in a gap and once more behind it is level and lacks
 * the first change. Only a revision from before the gap shows that nothing is missing, and not even that for an
 * account that is not active: taking one down leaves its revision alone.
 */
export function chooseRepos(repos: readonly ListedRepo[], since: number | null): readonly ListedRepo[] {
  if (since === null) return repos
  return repos.filter(({ rev, active }) => !active || (momentOfRev(rev) ?? Infinity) >= since)
}
