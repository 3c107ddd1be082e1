import type { z } from 'zod'

/** One thing an operator can configure, by flag or by environment variable. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  /** Reads text, as it comes from a flag or a variable; its message says what was expected. */
  readonly schema: Schema
  /** As it would be typed; absent when the setting must be given, or may stay unset when the schema says so. */
  readonly default?: string
  /** One sentence, with the unit. */
  readonly describe: string
  /** The flag may stand without a value, which then is the empty text. */
  readonly bare?: boolean
  /** Never shown in help, logs or reports. */
  readonly secret?: boolean
}

/** The environment variable of a setting: `redis-url` is `STANDPIPE_REDIS_URL`. */
export function variableOf(name: string): string {
  return `STANDPIPE_${name.toUpperCase().replaceAll('-', '_')}`
}
