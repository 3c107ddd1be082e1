import type { LedgerJudgement } from './judge-ledger.ts'
import type { StateComparison } from './state-comparison.ts'

/** Any difference is a failure; comparing no record at all proves nothing. */
export function judgeState({ compared, examples, ...counts }: StateComparison): LedgerJudgement {
  const differences = (['absent', 'stale', 'undead', 'unexpected'] as const).filter(
    (what) => counts[what] > 0,
  )
  if (differences.length > 0) {
    const first = examples[0] === undefined ? '' : `, first: ${examples[0]}`
    return {
      verdict: 'fail',
      because: `${differences.map((what) => `${counts[what]} records ${what}`).join(', ')}${first}`,
    }
  }
  if (compared === 0) return { verdict: 'unknown', because: 'no record was attempted' }
  return { verdict: 'pass', because: `all ${compared} records are as the last event left them` }
}
