import { UsageError } from '#kernel/errors.ts'
import type { Check } from './check.ts'
import { checkPageUrl } from './check-page.ts'
import { EVIDENCE_COMMANDS } from './evidence-commands.ts'
import type { Profile } from './profile.ts'

/** Throws `UsageError` when there is no such check, saying how to list them. */
export function findCheck(checks: readonly Check[], id: string): Check {
  const check = checks.find((one) => one.id === id)
  if (check) return check
  throw new UsageError(`unknown check "${id}"; standpipe audit --list shows them all`)
}

/** A check in full, for a person who wants to know why it asks. */
export function explainCheck(check: Check, profile: Profile, docsUrl: string): string {
  const { id, title, why, remedy, needs, since, runbook, limits } = check
  const numbers = { ...(limits as object), ...profile.limits[id] }
  const rows: readonly (readonly [name: string, text: string | undefined])[] = [
    ['why', why],
    ['remedy', remedy],
    ['evidence', needs.map((name) => `${name} (${EVIDENCE_COMMANDS[name].replaceAll('`', '')})`).join('; ')],
    ['servers', since && `${since} and later`],
    ['limits', `${JSON.stringify(numbers)} (profile ${profile.name})`],
    ['runbook', runbook && `runbooks/${runbook}.md`],
    ['page', checkPageUrl(docsUrl, id)],
  ]
  const lines = rows.flatMap(([name, text]) => (text === undefined ? [] : [`${name.padEnd(9)}${text}`]))
  return [`${id}: ${title}`, '', ...lines, ''].join('\n')
}

/** One line per check. */
export function listChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ id }) => id.length))
  return checks.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join('')
}
