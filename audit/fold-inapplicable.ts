import type { AuditFinding } from './audit-finding.ts'

/** For people: the checks that had nothing to look at become one line that names them all. */
export function foldInapplicable(findings: readonly AuditFinding[]): AuditFinding[] {
  const told = findings.filter(({ verdict }) => verdict !== 'not-applicable')
  const silent = findings.filter(({ verdict }) => verdict === 'not-applicable')
  const [first] = silent
  if (!first) return told
  const names = silent.map(({ check }) => check).join(', ')
  return [
    ...told,
    {
      ...first,
      check: 'nothing to look at',
      subject: silent.length === 1 ? '1 check' : `${silent.length} checks`,
      observed: names,
    },
  ]
}
