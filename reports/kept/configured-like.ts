import { differingSettings } from '../compare/differing-settings.ts'
import type { Run } from '../compare/run.ts'

/** Those of the runs that were configured like the given one. */
export function configuredLike(run: Run, runs: readonly Run[]): Run[] {
  return runs.filter((other) => differingSettings([run, other]).length === 0)
}
