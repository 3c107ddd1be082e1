import { type AuditFinding, counts } from '../audit-finding.ts'
import type { AuditResults } from '../audit-results.ts'
import { describeDecision } from '../describe-decision.ts'

/**
 * The findings that are no pass, as annotations of a GitHub workflow, each on one line; what somebody has decided
 * to live with is a notice.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function toGithub({ findings, verdict }: AuditResults): string {
  const ills = findings.filter((one) => one.verdict !== 'pass' && one.verdict !== 'not-applicable')
  return [...ills.map(toAnnotation), `standpipe audit: ${verdict}, ${findings.length} findings`, ''].join(
    '\n',
  )
}

function toAnnotation(finding: AuditFinding): string {
  const { check, subject, verdict, observed, expected, remedy, evidence } = finding
  const level = !counts(finding) ? 'notice' : verdict === 'warn' ? 'warning' : 'error'
  const place = evidence.find((quote) => quote.place)?.place
  const properties = [
    ...(place ? [`file=${property(place.file)}`, `line=${place.line}`] : []),
    `title=${property(`${verdict}: ${check}`)}`,
  ].join(',')
  const decision = describeDecision(finding)
  const says = [`${subject}: ${observed}`, decision ?? `expected: ${expected}\n→ ${remedy}`].join('\n')
  return `::${level} ${properties}::${message(says)}`
}

/** A line break would end the annotation, and begin whatever follows it as a command of its own. */
function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
