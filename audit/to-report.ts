import type { Report, Section, Statement } from '#kernel/report/report.ts'
import type { AuditFinding } from './audit-finding.ts'
import type { AuditResults } from './audit-results.ts'
import { describeDecision } from './describe-decision.ts'
import { foldFindings } from './fold-findings.ts'
import { overallVerdict } from './overall-verdict.ts'

/** The audit as the one document that every area writes: a section of one statement per finding. */
export function toReport(results: AuditResults, title = 'Configuration audit'): Report {
  return {
    schema: 'standpipe/report@1',
    area: 'audit',
    subject: results.server.url ?? 'redis',
    startedAt: results.startedAt,
    finishedAt: results.finishedAt,
    environment: { server: results.server.version ?? 'unknown', profile: results.profile },
    verdict: results.verdict,
    sections: [toSection(results, title)],
    caveats: caveatsOf(results.findings),
  }
}

/** For a report that holds more than the audit. */
export function toSection(
  { findings, profile }: Pick<AuditResults, 'findings' | 'profile'>,
  title = 'Configuration audit',
): Section {
  return {
    title: `${title}, profile ${profile}`,
    verdict: overallVerdict(findings),
    statements: foldFindings(findings).map(toStatement),
    measurements: [],
    plots: [],
    timeline: [],
  }
}

/** What somebody has decided to live with is told as set aside, with what was found. */
function toStatement(finding: AuditFinding): Statement {
  const { check, subject, verdict, observed, expected, why, remedy } = finding
  const decision = describeDecision(finding)
  return {
    subject: `${check}: ${subject}`,
    verdict: decision === null ? verdict : 'not-applicable',
    says: decision === null ? observed : `${decision}; found ${verdict}: ${observed}`,
    expected,
    why,
    remedy,
  }
}

/** What could not be judged, and why. */
export function caveatsOf(findings: readonly AuditFinding[]): string[] {
  return findings
    .filter(({ verdict }) => verdict === 'unknown')
    .map(({ check, observed }) => `${check}: ${observed}`)
}
