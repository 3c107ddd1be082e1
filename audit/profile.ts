export type ProfileName = 'buffer' | 'cache' | 'ci' | 'met-27'

/** What a Redis is for, as the limits to judge it by. */
export interface Profile {
  readonly name: ProfileName
  /** One sentence: which deployment these limits fit. */
  readonly says: string
  /** By check id, the limits that differ from the check's own. */
  readonly limits: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Globs of the checks that say nothing about such a Redis, and are not asked. */
  readonly skips: readonly string[]
}
