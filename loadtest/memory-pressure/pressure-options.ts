import type { Argv } from 'yargs'
import { SETTINGS } from '#kernel/config/settings.ts'
import { UsageError } from '#kernel/errors.ts'

export interface PressureOptions {
  /** maxmemory of every server, in bytes. */
  readonly limit: number
}

/** Less, and what Redis itself needs leaves no room for entries. */
const LEAST = 8 * 1_024 * 1_024

export function withPressureOptions<Args>(yargs: Argv<Args>): Argv<Args & PressureOptions> {
  return yargs.option('limit', {
    type: 'string',
    requiresArg: true,
    default: '128mb',
    describe: 'maxmemory of every server that is filled; bytes, kb, mb or gb',
    coerce: parseLimit,
  }) as unknown as Argv<Args & PressureOptions>
}

function parseLimit(text: string): number {
  const parsed = SETTINGS.maxmemory.schema.safeParse(text)
  if (parsed.success && parsed.data >= LEAST) return parsed.data
  throw new UsageError(`--limit "${text}": expected at least 8mb, in bytes, kb, mb or gb`)
}
