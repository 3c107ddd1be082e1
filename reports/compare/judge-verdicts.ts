import type { Statement } from '#kernel/report/report.ts'
import { VERDICTS, type Verdict, worst } from '#kernel/verdict/verdict.ts'
import type { Run } from './run.ts'

/**
 * Whether the questions of the runs are answered no worse than before: the worst answer after against the usual one before,
 * so that one bad run among many that are kept excuses none. A question that is no longer asked is unknown.
 */
export function judgeVerdicts(before: readonly Run[], after: readonly Run[]): Statement[] {
  const [was, is] = [answersOf(before), answersOf(after)]
  return [...new Set([...was.keys(), ...is.keys()])].map((title) =>
    judge(title, usual(was.get(title) ?? []), worstOrNull(is.get(title) ?? [])),
  )
}

function judge(subject: string, was: Verdict | null, is: Verdict | null): Statement {
  const about = { subject, says: `${was ?? 'not asked'} before, ${is ?? 'not asked'} after` }
  if (is === null) return { ...about, verdict: 'unknown' }
  if (was === null) return { ...about, verdict: 'not-applicable' }
  return { ...about, verdict: rank(is) > rank(was) ? is : 'pass', expected: 'no worse than before' }
}

/** By question; a run without any answers for itself. */
function answersOf(runs: readonly Run[]): Map<string, Verdict[]> {
  const answers = new Map<string, Verdict[]>()
  for (const { questions, verdict } of runs) {
    const asked = questions.length > 0 ? questions : [{ title: 'verdict of the runs', verdict }]
    for (const one of asked) answers.set(one.title, [...(answers.get(one.title) ?? []), one.verdict])
  }
  return answers
}

const rank = (verdict: Verdict) => VERDICTS.indexOf(verdict)
const worstOrNull = (verdicts: readonly Verdict[]) => (verdicts.length > 0 ? worst(verdicts) : null)

function usual(verdicts: readonly Verdict[]): Verdict | null {
  const ascending = verdicts.toSorted((a, b) => rank(a) - rank(b))
  return ascending[Math.floor((ascending.length - 1) / 2)] ?? null
}
