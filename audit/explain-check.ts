import { UsageError } from '#kernel/errors.ts'
import type { Check } from './check.ts'
import type { Profile } from './profile.ts'

/** Throws `UsageError` when there is no such check, saying how to list them. */
export function findCheck(checks: readonly Check[], id: string): Check {
  const check = checks.find((one) => one.id === id)
  if (check) return check
  throw new UsageError(`unknown check "${id}"; standpipe audit --list shows them all`)
}

/** A check in full, for a person who wants to know why it asks. */
export function explainCheck({ id, title, why, remedy, needs, limits }: Check, profile: Profile): string {
  const numbers = { ...(limits as object), ...profile.limits[id] }
  return [
    `${id}: ${title}`,
    '',
    `why      ${why}`,
    `remedy   ${remedy}`,
    `evidence ${needs.join(', ')}`,
    `limits   ${JSON.stringify(numbers)} (profile ${profile.name})`,
    '',
  ].join('\n')
}

/** One line per check. */
export function listChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ id }) => id.length))
  return checks.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join('')
}
