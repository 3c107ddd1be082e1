import { judgeSelf } from '#loadtest/engine/judge-self.ts'
import type { LoadPlan } from '#loadtest/engine/load-plan.ts'
import type { LoadRun } from '#loadtest/engine/load-run.ts'
import type { RunHooks } from '#loadtest/engine/run-hooks.ts'
import { runScenario } from '#loadtest/engine/run-scenario.ts'
import { resize } from '#loadtest/resize.ts'
import { nextRate, type Search } from './next-rate.ts'
import { type Trial, toTrial } from './trial.ts'

export interface SearchPlan extends LoadPlan {
  readonly search: Search
  /** Seconds of load for each rate. */
  readonly duration: number
}

/** Tries one rate after the other, until the answer is found or the signal aborts. */
export async function searchRates(plan: SearchPlan, hooks: RunHooks): Promise<readonly Trial[]> {
  const trials: Trial[] = []
  let rate = nextRate(trials, plan.search)
  while (rate !== null && !hooks.signal.aborted) {
    const run = await runUnspoiled(plan, rate, hooks)
    if (run.interrupted !== null) break
    trials.push(toTrial(rate, run))
    rate = nextRate(trials, plan.search)
  }
  return trials
}

/** A late generator is often somebody else's noise on this machine: the rate has a second chance. */
async function runUnspoiled(plan: SearchPlan, rate: number, hooks: RunHooks): Promise<LoadRun> {
  const scenario = resize(plan.scenario, { rate, duration: plan.duration })
  const update = (progress: string) => hooks.update(`${Math.round(rate)} events/s: ${progress}`)
  const once = () => runScenario({ ...plan, scenario }, { ...hooks, update })
  const run = await once()
  const spoiled = judgeSelf(run.selves).verdict === 'unknown'
  return spoiled && run.interrupted === null ? await once() : run
}
