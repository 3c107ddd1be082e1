import type { Argv } from 'yargs'

/** Which Redis an operator wants to be loaded. */
export interface TargetOptions {
  /** `undefined` starts one of our own. */
  readonly 'redis-url': string | undefined
  readonly confirm: string | undefined
}

/** The flags by which somebody else's Redis is offered, and meant. A URL may hold a password: it has no default. */
export function withTargetOptions<Args>(yargs: Argv<Args>): Argv<Args & TargetOptions> {
  return yargs
    .option('redis-url', {
      type: 'string',
      requiresArg: true,
      describe: 'Your Redis instead of one of our own; refused unless it is marked and confirmed',
    })
    .option('confirm', {
      type: 'string',
      requiresArg: true,
      describe: 'Run id of your Redis: load on it is meant',
    })
}
