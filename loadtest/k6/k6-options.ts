import type { Argv } from 'yargs'
import { numberOption } from '#loadtest/number-option.ts'

/** How hard k6 is to try, in the words of our scripts. */
export interface K6Options {
  readonly rate: number | undefined
  readonly duration: number
  readonly clients: number
  readonly target: string | undefined
}

export function withK6Options<Args>(yargs: Argv<Args>): Argv<Args & K6Options> {
  return yargs
    .option('rate', numberOption('rate', 'Arrivals per second: XADDs, or scrapes'))
    .option('duration', { ...numberOption('duration', 'Seconds'), default: 10 })
    .option('clients', {
      ...numberOption('clients', 'Clients of k6: connections, or subscribers'),
      default: 50,
    })
    .option('target', {
      type: 'string',
      requiresArg: true,
      describe: 'Relay or exporter on loopback instead of one of our own',
    }) as unknown as Argv<Args & K6Options>
}
