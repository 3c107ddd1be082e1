import type { Report } from '#kernel/report/report.ts'
import { allStatements } from './all-statements.ts'

/** What the verdict of a report means, in one sentence without its subject. */
export function headline(report: Report): string {
  const statements = allStatements(report)
  const count = statements.filter(({ verdict }) => verdict === report.verdict).length
  const ofAll = `${count} of ${statements.length} statements`
  switch (report.verdict) {
    case 'not-applicable':
      return 'there was nothing to judge'
    case 'pass':
      return 'everything that was judged holds'
    case 'warn':
      return count > 0
        ? `it holds, but ${ofAll} ${count === 1 ? 'is a warning' : 'are warnings'}`
        : 'it holds, with reservations'
    case 'unknown':
      return count > 0 ? `${ofAll} could not be settled` : 'the evidence could not settle it'
    case 'fail':
      return count > 0 ? `${ofAll} ${count === 1 ? 'does' : 'do'} not hold` : 'something does not hold'
  }
}
