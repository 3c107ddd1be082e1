import type { Argv } from 'yargs'
import { environment } from '#kernel/config/env.ts'
import { variableOf } from '#kernel/config/setting.ts'
import { UsageError } from '#kernel/errors.ts'

/** Which Redis an operator wants to be loaded. */
export interface TargetOptions {
  /** `undefined` starts one of our own. */
  readonly 'redis-url': string | undefined
  readonly confirm: string | undefined
}

/** The flags by which somebody else's Redis is offered, and meant. */
export function withTargetOptions<Args>(yargs: Argv<Args>): Argv<Args & TargetOptions> {
  return yargs
    .option('redis-url', {
      type: 'string',
      requiresArg: true,
      describe: 'Your Redis instead of one of our own; refused unless it is marked and confirmed',
      ...fromEnvironment(variableOf('redis-url')),
    })
    .option('confirm', {
      type: 'string',
      requiresArg: true,
      describe: 'Run id of your Redis: load on it is meant',
    })
    .check(({ confirm, 'redis-url': redisUrl }) => {
      if (confirm === undefined || redisUrl !== undefined) return true
      throw new UsageError(`--confirm ${confirm} says nothing without --redis-url, which names the server`)
    })
}

/** Never shown by `--help`, since it may hold a password. */
function fromEnvironment(variable: string): { default?: string; defaultDescription?: string } {
  const value = environment()[variable]
  return value ? { default: value, defaultDescription: `from ${variable}` } : {}
}
