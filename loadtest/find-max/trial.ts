import type { LoadRun } from '#loadtest/engine/load-run.ts'
import { measureRun } from '#loadtest/engine/measure-run.ts'
import { judgeRun } from '#loadtest/judge-run.ts'
import type { Tried } from './next-rate.ts'

/** One rate of a search, with the run behind it. */
export interface Trial extends Tried {
  /** Why it held, or what did not. */
  readonly because: string
  readonly run: LoadRun
}

/** Longer than this after the last append, and the consumers did not keep up: the lag grew. */
const LEVEL_WITHIN_MS = 1_000

/** Whether a run held: everything that is judged of it passes, and nothing was left to catch up with. */
export function toTrial(rate: number, run: LoadRun): Trial {
  const statements = judgeRun(run, measureRun(run))
  const bad =
    statements.find(({ verdict }) => verdict === 'fail') ??
    statements.find(({ verdict }) => verdict === 'unknown' || verdict === 'warn')
  if (bad) return { rate, held: false, because: `${bad.subject}: ${bad.says}`, run }
  if ((run.drainMs ?? 0) > LEVEL_WITHIN_MS) {
    const because = `the lag grew: it took ${Math.round(run.drainMs ?? 0)} ms to catch up after the last append`
    return { rate, held: false, because, run }
  }
  return { rate, held: true, because: 'everything was committed once, and in time', run }
}
