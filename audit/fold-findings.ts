import type { AuditFinding } from './audit-finding.ts'
import { counts } from './audit-finding.ts'

/** Passing subjects of one check beyond this many are told as a number. */
const MOST_PASSES = 3
/** So are subjects that are ill in the same way, beyond these. */
const MOST_ILLS = 10

/**
 * For people: what says the same many times over is told once. The checks that had nothing to look at become one
 * line, so do those that are unknown for one and the same reason, and so do the many subjects of one check.
 */
export function foldFindings(findings: readonly AuditFinding[]): AuditFinding[] {
  const silent = findings.filter(({ verdict }) => verdict === 'not-applicable')
  const told = findings.filter(({ verdict }) => verdict !== 'not-applicable')
  const groups = Map.groupBy(told, keyOf)
  return [...[...groups.values()].flatMap(foldAlike), ...foldSilent(silent)]
}

/** Findings of one key are of one verdict; unknown ones share their reason, the others their check. */
function keyOf(finding: AuditFinding): string {
  const { check, verdict, observed } = finding
  if (!counts(finding)) return JSON.stringify([check, verdict, finding.subject])
  return JSON.stringify(verdict === 'unknown' ? [verdict, observed] : [verdict, check])
}

function foldAlike(alike: readonly AuditFinding[]): AuditFinding[] {
  const [first] = alike
  if (!first) return []
  if (first.verdict === 'unknown') return foldUnknown(first, alike)
  const most = first.verdict === 'pass' ? MOST_PASSES : MOST_ILLS
  if (alike.length <= most) return [...alike]
  const shown = first.verdict === 'pass' ? [] : alike.slice(0, most)
  const rest = alike.slice(shown.length)
  const observed = `${rest[0]?.subject}: ${rest[0]?.observed}; and so on`
  const subject = `${rest.length} ${shown.length > 0 ? 'more' : 'subjects'}`
  return [...shown, { ...first, subject, observed }]
}

function foldUnknown(first: AuditFinding, alike: readonly AuditFinding[]): AuditFinding[] {
  const checks = [...new Set(alike.map(({ check }) => check))]
  if (checks.length === 1 && alike.length <= MOST_ILLS) return [...alike]
  const subjects = new Set(alike.map(({ subject }) => subject))
  return [
    {
      ...first,
      check: checks.length === 1 ? first.check : `${checks.length} checks`,
      subject: subjects.size === 1 ? first.subject : `${subjects.size} subjects`,
      expected: `evidence for ${checks.join(', ')}`,
    },
  ]
}

function foldSilent(silent: readonly AuditFinding[]): AuditFinding[] {
  const [first] = silent
  if (!first) return []
  return [
    {
      ...first,
      check: 'nothing to look at',
      subject: silent.length === 1 ? '1 check' : `${silent.length} checks`,
      observed: silent.map(({ check }) => check).join(', '),
    },
  ]
}
