import type { Report } from '#kernel/report/report.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import { allStatements } from './all-statements.ts'

const MEANINGS: Readonly<Record<Verdict, string>> = {
  'not-applicable': 'there was nothing to judge',
  pass: 'everything that was judged holds',
  warn: 'it holds, with reservations',
  unknown: 'the evidence could not settle it',
  fail: 'something does not hold',
}

/** What the verdict of a report means, in one sentence without its subject. */
export function headline(report: Report): string {
  const statements = allStatements(report)
  const decisive = statements.filter(({ verdict }) => verdict === report.verdict).length
  const counted = decisive > 0 && ['warn', 'unknown', 'fail'].includes(report.verdict)
  const meaning = MEANINGS[report.verdict]
  return counted ? `${meaning} (${decisive} of ${statements.length} statements)` : meaning
}
