import type { Argv } from 'yargs'
import { FORMATS, type Format } from './render-as.ts'

/** The flag of whatever prints a report. */
export function withFormat<Args>(yargs: Argv<Args>): Argv<Args & { format: Format }> {
  return yargs.option('format', {
    choices: FORMATS,
    default: 'table' as const,
    describe: 'What to render',
  }) as unknown as Argv<Args & { format: Format }>
}
