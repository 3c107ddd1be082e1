import type { Argv } from 'yargs'

/** How a run reports. */
export interface LoadOptions {
  readonly out: string | undefined
  readonly json: boolean
}

/** The flags that every numbered script and every drill takes. */
export function withLoadOptions<Args>(yargs: Argv<Args>): Argv<Args & LoadOptions> {
  return yargs
    .option('out', { type: 'string', requiresArg: true, describe: 'Folder for the report' })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'Print the report as JSON, and no progress',
    })
}
