import type { Argv } from 'yargs'

/** The flag of whatever keeps runs or looks at those that are kept. */
export function withHistoryFolder<Args>(yargs: Argv<Args>): Argv<Args & { history: string }> {
  return yargs.option('history', {
    type: 'string',
    requiresArg: true,
    default: 'reports/history',
    describe: 'Folder in which runs are kept, one file for each subject',
  }) as unknown as Argv<Args & { history: string }>
}
