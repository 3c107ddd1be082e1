import type { Report, Section } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import type { AuditFinding } from './audit-finding.ts'
import type { AuditResults } from './audit-results.ts'
import { foldInapplicable } from './fold-inapplicable.ts'

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
    verdict: worst(findings.map(({ verdict }) => verdict)),
    statements: foldInapplicable(findings).map(
      ({ check, subject, verdict, observed, expected, why, remedy }) => ({
        subject: `${check}: ${subject}`,
        verdict,
        says: observed,
        expected,
        why,
        remedy,
      }),
    ),
    measurements: [],
    plots: [],
    timeline: [],
  }
}

/** What could not be judged, and why. */
export function caveatsOf(findings: readonly AuditFinding[]): string[] {
  return findings
    .filter(({ verdict }) => verdict === 'unknown')
    .map(({ check, observed }) => `${check}: ${observed}`)
}
