import type { Verdict } from '#kernel/verdict/verdict.ts'
import type { AuditFinding } from '../audit-finding.ts'
import type { AuditResults } from '../audit-results.ts'
import type { Check } from '../check.ts'
import { checkPageUrl } from '../check-page.ts'

/** What SARIF calls our verdicts; its level is `none` unless the kind is `fail`. */
const KINDS: Readonly<Record<Verdict, { readonly kind: string; readonly level: string }>> = {
  fail: { kind: 'fail', level: 'error' },
  warn: { kind: 'fail', level: 'warning' },
  unknown: { kind: 'open', level: 'none' },
  pass: { kind: 'pass', level: 'none' },
  'not-applicable': { kind: 'notApplicable', level: 'none' },
}

export interface SarifOptions {
  readonly checks: readonly Check[]
  readonly docsUrl: string
  /** Whether the audit was held against an earlier one. */
  readonly baseline: boolean
}

/**
 * The findings as SARIF 2.1.0, for whatever collects results of static analysis. A check is a rule; a waiver is a
 * suppression; a finding rests on a line of `redis.conf` where that line is known, and on a stream otherwise.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function toSarif(results: AuditResults, { checks, docsUrl, baseline }: SarifOptions): string {
  const rules = checks.map((check) => ({
    id: check.id,
    shortDescription: { text: check.title },
    fullDescription: { text: check.why },
    help: { text: `${check.why} Remedy: ${check.remedy}` },
    helpUri: checkPageUrl(docsUrl, check.id),
  }))
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'standpipe', informationUri: docsUrl, rules },
        },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: results.startedAt,
            endTimeUtc: results.finishedAt,
          },
        ],
        properties: { server: results.server, profile: results.profile, verdict: results.verdict },
        results: results.findings.map((finding) => toResult(finding, rules, baseline)),
      },
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function toResult(
  finding: AuditFinding,
  rules: readonly { readonly id: string }[],
  baseline: boolean,
): object {
  const { check, subject, verdict, observed, expected, remedy, evidence, waived, known } = finding
  const ruleIndex = rules.findIndex(({ id }) => id === check)
  const place = evidence.find((quote) => quote.place)?.place
  return {
    ruleId: check,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    ...KINDS[verdict],
    message: { text: `${subject}: ${observed} (expected: ${expected})` },
    locations: [
      {
        logicalLocations: [{ fullyQualifiedName: subject, kind: 'resource' }],
        ...(place
          ? {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(`file://${place.file}`) },
                region: { startLine: place.line },
              },
            }
          : {}),
      },
    ],
    partialFingerprints: { 'checkAndSubject/v1': `${check} ${subject}` },
    ...(waived ? { suppressions: [{ kind: 'external', justification: justify(waived) }] } : {}),
    ...(baseline ? { baselineState: known === true ? 'unchanged' : 'new' } : {}),
    properties: { verdict, remedy, evidence },
  }
}

function justify({ reason, owner, expires }: NonNullable<AuditFinding['waived']>): string {
  return `${reason} (${owner}, until ${expires})`
}
