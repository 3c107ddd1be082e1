import type { Verdict } from '#kernel/verdict/verdict.ts'
import { judgeLedger } from '#loadtest/ledger/judge-ledger.ts'
import { judgeState } from '#loadtest/ledger/judge-state.ts'
import type { Drill } from './drill.ts'
import type { DrillLog } from './drill-log.ts'

export interface DrillJudgement {
  readonly verdict: Verdict
  readonly because: string
}

type Doubt = (drill: Drill, log: DrillLog) => DrillJudgement | null

const unknown = (because: string): DrillJudgement => ({ verdict: 'unknown', because })
const fail = (because: string): DrillJudgement => ({ verdict: 'fail', because })

const lost: Doubt = (_, { ledger }) => {
  if ('missing' in ledger) return null
  const { verdict, because } = judgeLedger(ledger)
  return verdict === 'fail' ? fail(because) : null
}

const notLifted: Doubt = (_, log) =>
  log.notLifted.length > 0 ? fail(`a fault could not be undone: ${log.notLifted.join('; ')}`) : null

const notSteady: Doubt = (_, { steadyBefore: { verdict, because } }) =>
  verdict === 'pass' ? null : unknown(`not steady before the fault: ${because}`)

const neverStruck: Doubt = ({ faults }, { proofs }) => {
  const duds = proofs.filter(({ bit }) => !bit)
  if (duds.length > 0) {
    return unknown(
      `a fault never took hold: ${duds.map(({ fault, detail }) => `${fault}: ${detail}`).join('; ')}`,
    )
  }
  const unproven = faults.filter(({ name }) => !proofs.some(({ fault }) => fault === name))
  if (faults.length === 0) return unknown('no fault is declared')
  return unproven.length > 0 ? unknown(`no proof of ${unproven.map(({ name }) => name).join(', ')}`) : null
}

const late: Doubt = ({ recoverWithin }, { recoveredInMs }) => {
  if (recoveredInMs !== null && recoveredInMs <= recoverWithin) return null
  const took = recoveredInMs === null ? 'never recovered' : `recovered in ${inSeconds(recoveredInMs)}`
  return fail(`${took}, allowed ${inSeconds(recoverWithin)}`)
}

const stateDiffers: Doubt = (_, { state }) => {
  if ('missing' in state) return null
  const { verdict, because } = judgeState(state)
  return verdict === 'fail' ? fail(because) : null
}

const unproven: Doubt = (_, { ledger, state }) => {
  if ('missing' in ledger) return unknown(`no ledger: ${ledger.missing}`)
  if ('missing' in state) return unknown(`the final state was not compared: ${state.missing}`)
  const doubt = [judgeLedger(ledger), judgeState(state)].find(({ verdict }) => verdict === 'unknown')
  return doubt ? unknown(doubt.because) : null
}

const deadLettered: Doubt = (_, { ledger }) => {
  const judgement = 'missing' in ledger ? null : judgeLedger(ledger)
  return judgement?.verdict === 'warn' ? judgement : null
}

/** Reasons not to believe that the system held, in the order of what each would invalidate. */
const DOUBTS: readonly Doubt[] = [
  lost,
  notLifted,
  notSteady,
  neverStruck,
  late,
  stateDiffers,
  unproven,
  deadLettered,
]

/**
 * Whether the system held, whoever was watching. Reads the log doubt by doubt; the first one that holds is
 * the judgement. Proven loss comes first: what is lost is lost, however the drill went.
 */
export function judgeResilience(drill: Drill, log: DrillLog): DrillJudgement {
  for (const doubt of DOUBTS) {
    const judgement = doubt(drill, log)
    if (judgement) return judgement
  }
  return { verdict: 'pass', because: `recovered in ${inSeconds(log.recoveredInMs ?? 0)} with nothing lost` }
}

const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
