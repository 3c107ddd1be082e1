import type { Statement } from '#kernel/report/report.ts'
import type { FlowOfGroup, LoadRun } from './engine/load-run.ts'
import type { Reconciled } from './engine/reconcile-load.ts'
import { judgeLedger } from './ledger/judge-ledger.ts'

/** Whether one group committed every event of one flow once. */
export function judgeBooks({ flow, group, books }: FlowOfGroup, { consumers }: LoadRun): Statement {
  const subject = `${flow} → ${group}`
  const expected = 'every event committed once: none lost, none twice'
  if ('missing' in books) return { subject, verdict: 'unknown', says: books.missing, expected }
  const { verdict, because } = judgeReconciled(books)
  const undrained = consumers.find((one) => one.group === group)?.undrained ?? null
  const says = undrained === null ? because : `${because}; ${undrained}`
  return {
    subject,
    verdict,
    says,
    expected: books.poisoned > 0 ? `${expected}; poison kept apart` : expected,
  }
}

/** Dead letters are a warning, unless they are exactly the entries that nobody could have read. */
function judgeReconciled({ ledger, poisoned }: Reconciled): Pick<Statement, 'verdict'> & { because: string } {
  const judged = judgeLedger(ledger)
  if (judged.verdict === 'fail' || judged.verdict === 'unknown') return judged
  const { deadLettered, committed, attempted } = ledger
  if (deadLettered !== poisoned) {
    return {
      verdict: 'fail',
      because: `${poisoned} entries nobody can read were sent, and ${deadLettered} are in the dead letters`,
    }
  }
  if (poisoned === 0) return judged
  return {
    verdict: 'pass',
    because: `all ${attempted} events attempted are settled: ${committed} committed, ${deadLettered} poisoned ones in the dead letters`,
  }
}
