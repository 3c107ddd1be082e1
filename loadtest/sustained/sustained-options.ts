import type { Argv } from 'yargs'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { parseSpan } from './parse-span.ts'

/** What an operator asks of a sustained run; times in milliseconds. */
export interface SustainedChoices {
  readonly duration: number | undefined
  readonly soak: number | undefined
  readonly rate: number
  readonly groups: number
  readonly consumers: number
  readonly seed: number
  /** Folder of a run whose snapshots are to be read instead of running. */
  readonly 'from-snapshots': string | undefined
}

/** The flags of a sustained run. */
export function withSustainedOptions<Args>(yargs: Argv<Args>): Argv<Args & SustainedChoices> {
  return withSettings(yargs, ['rate', 'seed'])
    .option('duration', {
      type: 'string',
      requiresArg: true,
      describe: 'How long to read and write: 90s, 10m, 8h; 2m when neither this nor --soak is given',
      coerce: (text?: string) => parseSpan('duration', text),
    })
    .option('soak', {
      type: 'string',
      requiresArg: true,
      conflicts: 'duration',
      describe: 'The same for hours or days; a growth that cannot be excluded leaves the run unknown',
      coerce: (text?: string) => parseSpan('soak', text),
    })
    .option('groups', counted('groups', '1', 'Groups that read the stream', 16))
    .option('consumers', counted('consumers', '1', 'Consumers of each group', 16))
    .option('from-snapshots', {
      type: 'string',
      requiresArg: true,
      conflicts: ['duration', 'soak'],
      describe: 'Folder of a run that was cut short: report what its snapshots kept, and run nothing',
    }) as unknown as Argv<Args & SustainedChoices>
}

function counted(flag: string, fallback: string, describe: string, most: number) {
  return {
    type: 'string' as const,
    requiresArg: true,
    default: fallback,
    describe,
    coerce(text: string): number {
      const value = text.trim() === '' ? Number.NaN : Number(text)
      if (Number.isSafeInteger(value) && value > 0 && value <= most) return value
      throw new UsageError(`--${flag} "${text}": expected a whole number from 1 to ${most}`)
    },
  }
}
