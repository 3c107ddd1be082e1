import type { Section } from '#kernel/report/report.ts'
import { tally } from './tally.ts'
import { worstFirst } from './worst-first.ts'

/** The answer of a section in one line: its own, or else the statement that decided it, or else how its statements stand. */
export function answerOf({ answer, statements, measurements, verdict }: Section): string {
  if (answer) return answer
  const worst = statements.find((one) => one.verdict === verdict) ?? worstFirst(statements)[0]
  if (!worst) return measurements.length > 0 ? 'measured, not judged' : 'nothing was judged'
  const alarming = verdict !== 'pass' && verdict !== 'not-applicable'
  return alarming ? `${worst.subject}: ${worst.says}` : tally(statements)
}
