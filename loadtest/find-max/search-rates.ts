import type { LoadPlan } from '#loadtest/engine/load-plan.ts'
import { type RunHooks, runScenario } from '#loadtest/engine/run-scenario.ts'
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
    const shown = `${Math.round(rate)} events/s`
    const scenario = resize(plan.scenario, { rate, duration: plan.duration })
    const run = await runScenario(
      { ...plan, scenario },
      { ...hooks, update: (progress) => hooks.update(`${shown}: ${progress}`) },
    )
    if (run.interrupted !== null) break
    trials.push(toTrial(rate, run))
    rate = nextRate(trials, plan.search)
  }
  return trials
}
