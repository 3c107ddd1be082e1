import type { Moment } from '#kernel/report/report.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { milliseconds, seconds } from '#kernel/time/duration.ts'
import type { FlowSample } from '#loadtest/flow/flow-sample.ts'
import { isDrained, isLevel, isStuck, judgeSteady, slackOf } from '#loadtest/flow/judge-flow.ts'
import { type FlowObserver, observeFlow } from '#loadtest/flow/observe-flow.ts'
import type { InDoubt } from '#loadtest/ledger/evidence.ts'
import type { Stack } from '#loadtest/stack/stack.ts'
import { takeStock } from '#loadtest/stack/take-stock.ts'
import type { AlertWatch, NoAlertWatch } from './alert-watch.ts'
import type { Drill } from './drill.ts'
import type { DrillLog } from './drill-log.ts'
import { type AlertRecorder, recordAlerts } from './record-alerts.ts'
import { planStrike, type Strike } from './strike.ts'
import { targetOf } from './target-of.ts'

export interface RunDrillOptions {
  readonly watch: AlertWatch | NoAlertWatch
  readonly signal: AbortSignal
  /** Hears what happens as it happens. */
  readonly says?: (what: string) => void
}

interface Stage {
  readonly drill: Drill
  readonly flow: FlowObserver
  readonly strike: Strike
  readonly alerts: AlertRecorder
  readonly signal: AbortSignal
  /** Events that may be under way while the flow counts as level. */
  readonly slack: number
  readonly tell: (kind: Moment['kind'], what: string) => void
}

/** How long the flow may take to become steady before anything is broken. */
const STEADY_WITHIN = seconds(30)

/**
 * How long the rest may take to be stored, delivered and acknowledged once the relay has emitted the last:
 * longer than a pending entry may idle before it is claimed.
 */
const DRAIN_WITHIN = seconds(90)

/**
 * Runs a drill against a stack that was started for it: steady before, inject, hold, lift, recovery, and the
 * ledger when everything has drained. A flow that does not become steady is not injured. Every fault is
 * lifted, also when the drill is aborted half-way; then it rejects with the signal's reason. The indexers are
 * stopped at the end, since the ledger needs their database.
 */
export async function runDrill(drill: Drill, stack: Stack, options: RunDrillOptions): Promise<DrillLog> {
  const { signal, watch, says = () => {} } = options
  const startedAt = new Date().toISOString()
  const timeline: Moment[] = []
  await using flow = await observeFlow(stack.redis.url, stack)
  const tell = (kind: Moment['kind'], what: string) => {
    timeline.push({ at: flow.now(), what, kind })
    says(what)
  }
  await using alerts = recordAlerts(watch, flow.now, (what) => tell('alert', what))
  const strike = planStrike(drill, targetOf(stack))
  const stage: Stage = { drill, flow, strike, alerts, signal, tell, slack: slackOf(drill.rate) }

  const steadyBefore = await becomeSteady(stage)
  const course = steadyBefore.verdict === 'pass' ? await injureAndRecover(stage, stack) : CALLED_OFF
  const { injectedAt, liftedAt, ...seen } = course
  return {
    startedAt,
    finishedAt: new Date().toISOString(),
    steadyBefore,
    proofs: strike.proofs,
    notLifted: strike.notLifted,
    ...seen,
    alerts: alerts.result(injectedAt, liftedAt),
    samples: flow.samples,
    timeline,
  }
}

type Course = Pick<DrillLog, 'recoveredInMs' | 'ledger' | 'state'> &
  Readonly<Record<'injectedAt' | 'liftedAt', number>>

const CALLED_OFF: Course = {
  recoveredInMs: null,
  ledger: { missing: 'the drill was called off' },
  state: { missing: 'the drill was called off' },
  injectedAt: 0,
  liftedAt: 0,
}

async function becomeSteady({ flow, slack, signal, tell }: Stage): Promise<DrillLog['steadyBefore']> {
  const judged = () => judgeSteady(flow.samples, slack)
  await flow.until(() => judged().verdict === 'pass', STEADY_WITHIN, signal)
  const steady = judged()
  tell('note', steady.verdict === 'pass' ? `steady: ${steady.because}` : `not steady: ${steady.because}`)
  return steady
}

async function injureAndRecover(stage: Stage, stack: Stack): Promise<Course> {
  const { drill, flow, strike, signal, slack, tell } = stage
  const before = await flow.look()
  const injectedAt = flow.now()
  const after = await injectHoldLift(stage)
  const liftedAt = flow.now()

  const patience = drill.recoverWithin * 2
  const level = await flow.until((sample) => isLevel(sample, slack, liftedAt), patience, signal)
  const recoveredInMs = level && Math.round((level.at - liftedAt) * 1_000)
  tell('recovery', recoveredInMs === null ? 'never level again' : `level again after ${recoveredInMs} ms`)
  await strike.confirm()

  const ended = (sample: FlowSample) => isDrained(sample) || isStuck(flow.samples)
  const end = await flow.until(ended, drill.trafficLasts + DRAIN_WITHIN, signal)
  tell(
    'note',
    end && isDrained(end) ? 'everything sent is stored and acknowledged' : 'it did not drain in time',
  )
  const inDoubt = { after: before.storedSeq ?? 0, upTo: after ?? 0 }
  return { recoveredInMs, injectedAt, liftedAt, ...(await booksOf(stack, inDoubt, signal)) }
}

/** Returns the last sequence that the relay had emitted when the faults had struck. */
async function injectHoldLift(stage: Stage): Promise<number | null> {
  const { drill, flow, strike, signal, tell } = stage
  try {
    await strike.inject(signal)
    for (const { fault, detail } of strike.proofs) tell('fault', `${fault}: ${detail}`)
    const { emittedSeq } = await flow.look()
    await hold(stage)
    return emittedSeq
  } finally {
    await strike.lift()
    tell('note', `lifted ${drill.faults.map(({ name }) => name).join(', ')}`)
  }
}

/** As long as declared, and up to half as long again for an expected alert that has not fired yet. */
async function hold({ drill, alerts, signal }: Stage): Promise<void> {
  await systemClock.sleep(drill.holdFor, signal)
  if (!alerts.watching) return
  const deadline = performance.now() + drill.holdFor / 2
  while (!drill.expectAlerts.every((name) => alerts.hasFired(name)) && performance.now() < deadline) {
    await systemClock.sleep(milliseconds(100), signal)
  }
}

async function booksOf(
  stack: Stack,
  inDoubt: InDoubt,
  signal: AbortSignal,
): Promise<Pick<DrillLog, 'ledger' | 'state'>> {
  try {
    return await takeStock(stack, [inDoubt], signal)
  } catch (error) {
    signal.throwIfAborted()
    const missing = (error as Error).message
    return { ledger: { missing }, state: { missing } }
  }
}
