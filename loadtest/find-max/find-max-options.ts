import type { Argv } from 'yargs'
import { numberOption } from '#loadtest/number-option.ts'

/** What is searched, from where to where, and how closely. */
export interface SearchFlags {
  readonly scenario: string
  /** Events per second. */
  readonly from: number
  readonly upTo: number
  readonly within: number
  /** Seconds for each rate. */
  readonly duration: number
  readonly producers: number
}

export function withFindMaxOptions<Args>(yargs: Argv<Args>): Argv<Args & SearchFlags> {
  return yargs
    .positional('scenario', {
      type: 'string',
      default: 'steady',
      describe: 'Which; standpipe load list names them, or a file of your own',
    })
    .option('from', { ...numberOption('from', 'Events per second to begin with'), default: 1_000 })
    .option('up-to', {
      ...numberOption('up-to', 'Events per second beyond which nothing is tried'),
      default: 1_000_000,
    })
    .option('within', {
      ...numberOption('within', 'Share to which the answer is wanted, 0.1 is a tenth'),
      default: 0.1,
    })
    .option('duration', {
      ...numberOption('duration', 'Seconds of load for each rate, without the warm-up'),
      default: 5,
    })
    .option('producers', {
      ...numberOption('producers', 'Threads that share the arrivals of each flow', 'whole'),
      default: 1,
    }) as unknown as Argv<Args & SearchFlags>
}
