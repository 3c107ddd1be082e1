import type { Argv } from 'yargs'
import { environment } from '#kernel/config/env.ts'
import { numberOption } from '#loadtest/number-option.ts'

/** How much is to be sent, and into which PostgreSQL. */
export interface EndToEndOptions {
  /** Events per second. */
  readonly rate: number
  /** Seconds. */
  readonly duration: number
  readonly 'database-url': string | undefined
}

export function withEndToEndOptions<Args>(yargs: Argv<Args>): Argv<Args & EndToEndOptions> {
  const database = environment()['DATABASE_URL']
  return yargs
    .option('rate', { ...numberOption('rate', 'Events per second that the relay sends'), default: 600 })
    .option('duration', { ...numberOption('duration', 'Seconds for which it sends'), default: 600 })
    .option('database-url', {
      type: 'string',
      requiresArg: true,
      describe: 'PostgreSQL to index into, in a schema of its own that is dropped again; unset embeds one',
      // Never shown by --help, since it may hold a password.
      ...(database ? { default: database, defaultDescription: 'from DATABASE_URL' } : {}),
    }) as unknown as Argv<Args & EndToEndOptions>
}
