import type { Argv } from 'yargs'
import { type SmallestFlag, withSmallest } from './with-smallest.ts'

export interface CompareFlags extends SmallestFlag {
  readonly force: boolean
}

/** The flags of whatever compares runs. */
export function withCompareOptions<Args>(yargs: Argv<Args>): Argv<Args & CompareFlags> {
  return withSmallest(yargs).option('force', {
    type: 'boolean',
    default: false,
    describe: 'Compare although the runs were configured differently; the report says so',
  }) as unknown as Argv<Args & CompareFlags>
}
