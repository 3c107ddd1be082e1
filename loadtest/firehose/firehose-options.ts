import type { Argv } from 'yargs'
import { numberOption } from '#loadtest/number-option.ts'

/** What is played, how strongly, and where to. */
export interface FirehoseFlags {
  readonly scenario: string
  readonly into: 'relay' | 'redis'
  readonly rate: number | undefined
  readonly duration: number | undefined
  readonly events: number | undefined
  readonly stay: number
}

export function withFirehoseOptions<Args>(yargs: Argv<Args>): Argv<Args & FirehoseFlags> {
  return yargs
    .positional('scenario', {
      type: 'string',
      default: 'steady',
      describe: 'Whose arrivals; standpipe load list names them, or a file of your own',
    })
    .option('into', {
      choices: ['relay', 'redis'] as const,
      default: 'relay' as const,
      describe: 'A relay on loopback that serves signed frames, or the stream itself',
    })
    .option('rate', numberOption('rate', 'Mean events per second'))
    .option('duration', numberOption('duration', 'Seconds, without the warm-up'))
    .option('events', numberOption('events', 'Events, without the warm-up, instead of a duration'))
    .conflicts('duration', 'events')
    .option('stay', {
      ...numberOption('stay', 'Seconds that the relay stays after the last event', 'from-zero'),
      default: 5,
    }) as unknown as Argv<Args & FirehoseFlags>
}
