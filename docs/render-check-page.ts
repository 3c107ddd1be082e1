import type { Check } from '#audit/check.ts'
import { isAsked } from '#audit/choose-checks.ts'
import { EVIDENCE_COMMANDS } from '#audit/evidence-commands.ts'
import { PROFILES } from '#audit/find-profile.ts'
import { code, toTable } from './table.ts'

/** The page that a finding links to: what a check asks, why, what it reads, what mends it. */
export function renderCheckPage(check: Check): string {
  const { id, title, why, remedy, needs, wants = [], since, runbook } = check
  return [
    `# ${id}`,
    `Passes when: **${title}.**`,
    '## Why',
    why,
    '## How to mend it',
    `\`\`\`\n${remedy}\n\`\`\``,
    ...(runbook ? [`Runbook: [${runbook}](../../runbooks/${runbook}.md)`] : []),
    '## What it reads',
    toTable(
      ['Evidence', 'By', ''],
      [
        ...needs.map((name) => [code(name), EVIDENCE_COMMANDS[name], 'without it the verdict is unknown']),
        ...wants.map((name) => [code(name), EVIDENCE_COMMANDS[name], 'makes the finding sharper']),
      ],
    ),
    ...(since ? [`Needs Redis ${since} or later; an older server does not tell.`] : []),
    '## Limits',
    limitsOf(check),
    `Written by \`npm run docs\` from [audit/checks/${id}.ts](../../audit/checks/${id}.ts). The same in a terminal: \`standpipe audit --explain ${id}\`; all checks: [catalogue](../catalogue.md).`,
    '',
  ].join('\n\n')
}

/** By profile; own ones are set in `standpipe.yaml`, below `limits:`. */
function limitsOf({ id, limits }: Check): string {
  const names = Object.keys(limits as object)
  const asking = PROFILES.filter((profile) => isAsked(profile, id))
  const silent = PROFILES.filter((profile) => !isAsked(profile, id)).map(({ name }) => code(name))
  const not = silent.length > 0 ? `\n\nNot asked under the profile ${silent.join(', ')}.` : ''
  if (names.length === 0) return `None: it holds or it does not.${not}`
  const value = (profile: (typeof PROFILES)[number], name: string): string => {
    const all: Readonly<Record<string, unknown>> = { ...(limits as object), ...profile.limits[id] }
    return code(JSON.stringify(all[name]))
  }
  const table = toTable(
    ['Limit', ...asking.map(({ name }) => name)],
    names.map((name) => [code(name), ...asking.map((profile) => value(profile, name))]),
  )
  return `${table}${not}`
}
