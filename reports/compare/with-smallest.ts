import type { Argv } from 'yargs'
import { UsageError } from '#kernel/errors.ts'

export interface SmallestFlag {
  /** A share, not percent. */
  readonly smallest: number
}

/** From where on a change is worth naming. */
export function withSmallest<Args>(yargs: Argv<Args>): Argv<Args & SmallestFlag> {
  return yargs.option('smallest', {
    type: 'string',
    requiresArg: true,
    default: '5',
    coerce: parseShare,
    describe: 'Smallest change of a median worth naming, in percent',
  }) as unknown as Argv<Args & SmallestFlag>
}

function parseShare(text: string): number {
  const percent = text.trim() === '' ? Number.NaN : Number(text.replace(/\s*%$/, ''))
  if (percent >= 0 && percent <= 1_000) return percent / 100
  throw new UsageError(`--smallest "${text}": expected a percentage from 0 to 1000, such as 5`)
}
