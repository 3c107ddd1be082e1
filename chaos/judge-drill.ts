import type { Drill } from './drill.ts'
import type { DrillLog } from './drill-log.ts'
import { judgeAlerts } from './judge-alerts.ts'
import { type DrillJudgement, judgeResilience } from './judge-resilience.ts'

/**
 * The whole judgement: whether the system held, and whether somebody would have been told. A drill that
 * nobody watched is `unknown` even when nothing was lost, unless it expects no alert.
 */
export function judgeDrill(drill: Drill, log: DrillLog): DrillJudgement {
  const held = judgeResilience(drill, log)
  if (held.verdict === 'fail' || held.verdict === 'unknown') return held
  const paged = judgeAlerts(drill, log)
  if (paged.verdict === 'pass' || paged.verdict === 'not-applicable') return held
  return { verdict: paged.verdict, because: `${held.because}; ${paged.because}` }
}
