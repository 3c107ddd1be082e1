import type { Report } from '#kernel/report/report.ts'
import { allStatements } from './all-statements.ts'

/** What the verdict of a report means, in one sentence without its subject. */
export function headline(report: Report): string {
  const statements = allStatements(report)
  const count = statements.filter(({ verdict }) => verdict === report.verdict).length
  const decided = count > 0 ? `${count} of ${statements.length} statements` : null
  const one = count === 1
  switch (report.verdict) {
    case 'not-applicable':
      return 'there was nothing to judge'
    case 'pass':
      return 'everything that was judged holds'
    case 'warn':
      return `it holds, ${decided ? `but ${decided} ${one ? 'is a warning' : 'are warnings'}` : 'with reservations'}`
    case 'unknown':
      return `${decided ?? 'the question'} could not be settled`
    case 'fail':
      return `${decided ?? 'something'} ${one || !decided ? 'does' : 'do'} not hold`
  }
}
