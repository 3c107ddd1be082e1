import type { Argv } from 'yargs'
import { UsageError } from '#kernel/errors.ts'
import type { CapacityChoices } from './capacity-plan.ts'

type Sizes = Omit<CapacityChoices, 'maxmemoryBytes' | 'rate'>

/** The flags by which an operator says how much to append, and for whom the hours are told. */
export function withCapacityOptions<Args>(yargs: Argv<Args>): Argv<Args & Sizes> {
  return yargs
    .option('events', {
      type: 'string',
      requiresArg: true,
      describe: 'Events to append; 2700000 when neither this nor --hours is given',
      coerce: (text?: string) => count('events', text),
    })
    .option('hours', {
      type: 'string',
      requiresArg: true,
      describe: 'As many events as come in that many hours of --events-per-second',
      coerce: (text?: string) => positive('hours', text),
    })
    .option('groups', {
      type: 'string',
      default: '2',
      requiresArg: true,
      describe: 'Groups that read the stream',
      coerce: (text: string) => count('groups', text) ?? 1,
    })
    .option('replay-window-hours', {
      type: 'string',
      default: '72',
      requiresArg: true,
      describe: 'Hours that your relay keeps events for a subscriber who stands still',
      coerce: (text: string) => positive('replay-window-hours', text) ?? 0,
    }) as unknown as Argv<Args & Sizes>
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new UsageError(`--${name} "${text}": expected a number above 0`)
}

function count(name: string, text: string | undefined): number | undefined {
  const value = positive(name, text)
  if (value === undefined || Number.isSafeInteger(value)) return value
  throw new UsageError(`--${name} "${text}": expected a whole number above 0`)
}
