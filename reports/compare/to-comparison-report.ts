import { median } from 'd3-array'
import { formatAny } from '#kernel/format/format-any.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import type { Report, Section, Statement } from '#kernel/report/report.ts'
import { type Verdict, worst } from '#kernel/verdict/verdict.ts'
import { describeInstant } from '../summarise/describe-instant.ts'
import { tally } from '../summarise/tally.ts'
import type { Direction, JudgedChange } from './change.ts'
import type { Comparison } from './compare-runs.ts'
import { judgeVerdicts } from './judge-verdicts.ts'
import type { Run } from './run.ts'

const VERDICT_OF: Readonly<Record<Direction, Verdict>> = {
  better: 'pass',
  same: 'pass',
  'no worse': 'pass',
  new: 'not-applicable',
  changed: 'warn',
  unknown: 'unknown',
  worse: 'fail',
}

export interface ComparisonTimes {
  readonly startedAt: string
  readonly finishedAt: string
}

/** A comparison as a report like any other: what grew worse fails, and what cannot be told is unknown. */
export function toComparisonReport(comparison: Comparison, times: ComparisonTimes): Report {
  const { before, after, changes, smallest } = comparison
  const questions = [...new Set(changes.map(({ section }) => section))]
  const sections = [
    alike(comparison),
    ...questions.map((title) =>
      question(
        title,
        changes.filter(({ section }) => section === title),
      ),
    ),
  ]
  return {
    schema: 'standpipe/report@1',
    area: 'comparison',
    subject: after[0]?.subject ?? before[0]?.subject ?? 'nothing',
    ...times,
    environment: {
      before: before.map(describe).join(', '),
      after: after.map(describe).join(', '),
      'smallest effect named': `${formatNumber(smallest * 100)} %`,
    },
    verdict: worst(sections.map(({ verdict }) => verdict)),
    sections,
    caveats: caveatsOf(comparison),
  }
}

/** Whether the runs were alike, and their answers no worse. */
function alike({ before, after, differing }: Comparison): Section {
  const statements: Statement[] = [
    ...judgeVerdicts(before, after),
    ...differing.map(
      ({ name, values }): Statement => ({
        subject: name,
        verdict: 'warn',
        says: `differs: ${values.join(', ')}; compared all the same (--force)`,
        why: 'Numbers of differently configured runs differ for more than one reason.',
      }),
    ),
  ]
  return section('Do the runs answer as before?', statements)
}

function question(title: string, changes: readonly JudgedChange[]): Section {
  return section(title, changes.map(toStatement))
}

function section(title: string, statements: readonly Statement[]): Section {
  const verdict = worst(statements.map((one) => one.verdict))
  return { title, verdict, answer: tally(statements), statements, measurements: [], plots: [], timeline: [] }
}

function toStatement({ name, unit, before, after, direction, because }: JudgedChange): Statement {
  return {
    subject: name,
    verdict: VERDICT_OF[direction],
    says: `${direction}: ${say(before, unit)} before, ${say(after, unit)} after; ${because}`,
  }
}

function say(values: readonly number[], unit: string): string {
  const middle = median(values) ?? null
  const shown = formatAny(middle, unit)
  return values.length <= 1 ? shown : `${shown} (n = ${values.length})`
}

const describe = ({ file, startedAt }: Run) => `${file} of ${describeInstant(startedAt)}`

function caveatsOf({ before, after, changes, differing }: Comparison): string[] {
  return [
    ...(before.length === 1 && after.length === 1 && changes.some((one) => one.before.length > 1)
      ? ['one run each: its rounds say how steady it was, not how it differs from run to run']
      : []),
    ...(differing.length > 0 ? ['the runs were configured differently, and compared by --force'] : []),
    `chance: of ${changes.length} numbers, one in twenty may look changed without being so, where it is large enough to be named`,
    'the order and the hour of the runs: a machine that was busier for one side explains a difference as well',
  ]
}
