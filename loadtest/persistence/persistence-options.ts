import type { Argv } from 'yargs'
import { UsageError } from '#kernel/errors.ts'
import { QUESTIONS } from './persistence-steps.ts'

export interface PersistenceOptions {
  readonly events: number
  /** Which questions are asked; see `QUESTIONS`. */
  readonly only: readonly string[]
}

export function withPersistenceOptions<Args>(yargs: Argv<Args>): Argv<Args & PersistenceOptions> {
  return yargs
    .option('events', {
      type: 'string',
      requiresArg: true,
      default: '200000',
      describe: 'Events that are appended before each injury',
      coerce: parseEvents,
    })
    .option('only', {
      type: 'string',
      requiresArg: true,
      default: QUESTIONS.join(','),
      describe: 'Which injuries to inflict, comma-separated',
      coerce: parseOnly,
    }) as unknown as Argv<Args & PersistenceOptions>
}

function parseEvents(text: string): number {
  const events = Number(text)
  if (Number.isSafeInteger(events) && events > 0) return events
  throw new UsageError(`--events "${text}": expected a whole number above 0`)
}

function parseOnly(text: string): readonly string[] {
  const asked = text.split(',').map((id) => id.trim())
  const stranger = asked.find((id) => !QUESTIONS.includes(id))
  if (stranger === undefined) return asked
  throw new UsageError(`--only "${stranger}": expected some of ${QUESTIONS.join(', ')}`)
}
