import type { Argv } from 'yargs'
import { UsageError } from '#kernel/errors.ts'

/** What an operator may change about a scenario. */
export interface ScenarioOptions {
  readonly rate: number | undefined
  readonly duration: number | undefined
  readonly events: number | undefined
  readonly seed: number
  readonly producers: number
  readonly ledger: string | undefined
}

/** The flags that size a run, and say where its ledger goes. */
export function withScenarioOptions<Args>(yargs: Argv<Args>): Argv<Args & ScenarioOptions> {
  const number = (name: string, describe: string, least: number) =>
    ({
      type: 'string',
      requiresArg: true,
      describe,
      coerce: (text: string | number | undefined) => parseNumber(name, text, least),
    }) as const
  const sized = yargs
    .option('rate', number('rate', 'Mean events per second of the first flow; all others keep step', 0))
    .option('duration', number('duration', 'Seconds of load, without the warm-up', 0))
    .option('events', number('events', 'Events of the load, without the warm-up, instead of a duration', 0))
    .conflicts('duration', 'events')
    .option('seed', {
      ...number('seed', 'Seed of the arrivals and of the events: the same one sends the same', -1),
      default: 1,
    })
    .option('producers', {
      ...number('producers', 'Threads that share the arrivals of each flow', 0),
      default: 1,
    })
    .option('ledger', {
      type: 'string',
      requiresArg: true,
      describe: 'Folder in which the ledger is kept; unset, it is gone with the run',
    })
  return sized as unknown as Argv<Args & ScenarioOptions>
}

function parseNumber(name: string, text: string | number | undefined, above: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (String(text).trim() !== '' && Number.isFinite(value) && value > above) return value
  const expected = above < 0 ? 'a number of 0 or more' : 'a number above 0'
  throw new UsageError(`--${name} "${text}": expected ${expected}`)
}
