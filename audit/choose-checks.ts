import { UsageError } from '#kernel/errors.ts'
import type { Check } from './check.ts'
import { matchesGlob } from './matches-glob.ts'
import type { Profile } from './profile.ts'

/** Comma-separated globs over check ids. */
export interface Choice {
  readonly only?: string | undefined
  readonly skip?: string | undefined
}

/**
 * The checks to ask: those of the profile that are named and not skipped. Throws `UsageError` for a pattern that
 * fits no check: what was misspelt would otherwise be skipped, or asked, in silence.
 */
export function chooseChecks(checks: readonly Check[], profile: Profile, { only, skip }: Choice): Check[] {
  const wanted = patternsOf(only, checks)
  const unwanted = patternsOf(skip, checks)
  const chosen = checks.filter(
    ({ id }) =>
      isAsked(profile, id) &&
      (wanted.length === 0 || wanted.some((pattern) => matchesGlob(pattern, id))) &&
      !unwanted.some((pattern) => matchesGlob(pattern, id)),
  )
  if (chosen.length === 0)
    throw new UsageError('no check is left to ask; look at --only, --skip and --profile')
  return chosen
}

/** Whether a check says anything about a server of this profile. */
export function isAsked(profile: Profile, id: string): boolean {
  return !profile.skips.some((pattern) => matchesGlob(pattern, id))
}

function patternsOf(text: string | undefined, checks: readonly Check[]): string[] {
  const patterns = (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
  const stray = patterns.find((pattern) => !checks.some(({ id }) => matchesGlob(pattern, id)))
  if (stray !== undefined)
    throw new UsageError(`no check matches "${stray}"; standpipe audit --list shows them all`)
  return patterns
}
