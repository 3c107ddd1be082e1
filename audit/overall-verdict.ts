import { type Verdict, worst } from '#kernel/verdict/verdict.ts'
import { type AuditFinding, counts } from './audit-finding.ts'

/** The worst of all that count; what somebody has decided to live with is as good as a pass. */
export function overallVerdict(findings: readonly AuditFinding[]): Verdict {
  return worst(findings.map((finding) => (counts(finding) ? finding.verdict : 'pass')))
}
