import { type AuditFinding, counts } from '../audit-finding.ts'
import type { AuditResults } from '../audit-results.ts'
import { describeDecision } from '../describe-decision.ts'

/** What to make red: warnings are failures only where they fail the audit. */
export type FailOn = 'warn' | 'fail'

/**
 * The findings as JUnit XML: a test case per finding. `unknown` is an error, which is what JUnit calls a test that
 * could not be carried out; what was waived or had nothing to look at is skipped.
 */
export function toJunit(results: AuditResults, failOn: FailOn): string {
  const { findings, startedAt, finishedAt } = results
  const cases = findings.map((finding) => ({ finding, outcome: outcomeOf(finding, failOn) }))
  const count = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000
  const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="standpipe audit" ${totals}>`,
    `  <testsuite name="${escape(results.server.url ?? 'redis')}" timestamp="${startedAt}" ${totals}>`,
    ...cases.map(({ finding, outcome }) => toCase(finding, outcome)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

type Outcome = 'success' | 'failure' | 'error' | 'skipped'

function outcomeOf(finding: AuditFinding, failOn: FailOn): Outcome {
  if (!counts(finding)) return 'skipped'
  switch (finding.verdict) {
    case 'fail':
      return 'failure'
    case 'warn':
      return failOn === 'warn' ? 'failure' : 'success'
    case 'unknown':
      return 'error'
    case 'not-applicable':
      return 'skipped'
    case 'pass':
      return 'success'
  }
}

function toCase(finding: AuditFinding, outcome: Outcome): string {
  const { check, subject, verdict, observed, expected, why, remedy } = finding
  const head = `    <testcase classname="${escape(check)}" name="${escape(subject)}"`
  const said = describeDecision(finding) ?? observed
  const text = [`${verdict}: ${observed}`, `expected: ${expected}`, why, `remedy: ${remedy}`].join('\n')
  switch (outcome) {
    case 'failure':
    case 'error':
      return `${head}><${outcome} message="${escape(observed)}" type="${verdict}">${escape(text)}</${outcome}></testcase>`
    case 'skipped':
      return `${head}><skipped message="${escape(said)}"/></testcase>`
    case 'success':
      return verdict === 'warn' ? `${head}><system-out>${escape(text)}</system-out></testcase>` : `${head}/>`
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
}

/** XML has no way to write most control characters at all. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '�')
    .replaceAll(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character)
}
