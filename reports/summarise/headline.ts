import type { Report } from '#kernel/report/report.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import { allStatements } from './all-statements.ts'

/** What a verdict means, by how many statements carry it; none do when the run itself decided. */
const MEANINGS: Readonly<Record<Verdict, Readonly<Record<'none' | 'one' | 'many', string>>>> = {
  'not-applicable': always('there was nothing to judge'),
  pass: always('everything that was judged holds'),
  warn: {
    none: 'it holds, with reservations',
    one: 'it holds, but # is a warning',
    many: 'it holds, but # are warnings',
  },
  unknown: {
    none: 'the evidence could not settle it',
    one: '# could not be settled',
    many: '# could not be settled',
  },
  fail: { none: 'something does not hold', one: '# does not hold', many: '# do not hold' },
}

/** What the verdict of a report means, in one sentence without its subject. */
export function headline(report: Report): string {
  const statements = allStatements(report)
  const count = statements.filter(({ verdict }) => verdict === report.verdict).length
  const meaning = MEANINGS[report.verdict][count === 0 ? 'none' : count === 1 ? 'one' : 'many']
  return meaning.replace('#', `${count} of ${statements.length} statements`)
}

function always(meaning: string) {
  return { none: meaning, one: meaning, many: meaning }
}
