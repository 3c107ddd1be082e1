import type { Argv } from 'yargs'
import { numberOption } from './number-option.ts'

/** What an operator may change about a scenario. */
export interface ScenarioOptions {
  readonly rate: number | undefined
  readonly duration: number | undefined
  readonly events: number | undefined
  readonly producers: number
  readonly ledger: string | undefined
}

/** The flags that size a run, and say where its ledger goes. */
export function withScenarioOptions<Args>(yargs: Argv<Args>): Argv<Args & ScenarioOptions> {
  return yargs
    .option('rate', numberOption('rate', 'Mean events per second of the first flow; the others keep step'))
    .option('duration', numberOption('duration', 'Seconds of load, without the warm-up'))
    .option('events', numberOption('events', 'Events of load, without the warm-up, instead of a duration'))
    .conflicts('duration', 'events')
    .option('producers', {
      ...numberOption('producers', 'Threads that share the arrivals of each flow', 'whole'),
      default: 1,
    })
    .option('ledger', {
      type: 'string',
      requiresArg: true,
      describe: 'Folder in which the ledger is kept; unset, it is gone with the run',
    }) as unknown as Argv<Args & ScenarioOptions>
}
