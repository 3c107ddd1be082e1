import type { Drill } from './drill.ts'
import type { DrillLog } from './drill-log.ts'
import type { DrillJudgement } from './judge-resilience.ts'

/** Whether every alert that the drill expects was seen firing. `unknown` when there was nobody to look. */
export function judgeAlerts({ expectAlerts }: Drill, { alerts }: DrillLog): DrillJudgement {
  const expected = expectAlerts.join(', ')
  if (expectAlerts.length === 0) return { verdict: 'not-applicable', because: 'no alert is expected' }
  if ('missing' in alerts) {
    return { verdict: 'unknown', because: `nobody could say whether ${expected} fired: ${alerts.missing}` }
  }
  const missed = expectAlerts.filter((name) => !alerts.fired.some((fired) => fired.name === name))
  return missed.length > 0
    ? { verdict: 'warn', because: `never paged: ${missed.join(', ')}` }
    : { verdict: 'pass', because: `paged: ${expected}` }
}
