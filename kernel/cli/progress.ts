import { type Duration, seconds } from '#kernel/time/duration.ts'
import { coloursFor } from './colours-for.ts'
import type { CommandContext } from './command.ts'
import { showPlain } from './show-plain.ts'
import type { RunStep, Step, StepEnd, StepResult } from './step.ts'

export interface ProgressOptions extends Pick<CommandContext, 'stderr' | 'signal'> {
  /** Says nothing at all, for `--json` and its like. */
  readonly quiet?: boolean
  /** How far apart the lines of one step's progress are, at least, where there is no terminal. */
  readonly every?: Duration
}

/**
 * Runs the steps one after the other and shows where they are: live on a terminal, by lines elsewhere. Ends
 * with the error of the first step that throws, or with the signal's reason once it aborts; the steps after
 * it do not run.
 */
export async function runSteps<End extends StepEnd>(
  steps: readonly Step<End>[],
  { stderr, signal, quiet = false, every = seconds(5) }: ProgressOptions,
): Promise<StepResult<End>[]> {
  const results: StepResult<End>[] = []
  const run: RunStep<End> = async (step, update) => {
    signal.throwIfAborted()
    const startedAt = performance.now()
    const end = await step.run(update, signal)
    signal.throwIfAborted()
    const result = { title: step.title, tookMs: performance.now() - startedAt, end }
    results.push(result)
    return result
  }
  if (quiet) for (const step of steps) await run(step, () => {})
  else if (canDraw(stderr))
    await (await import('./show-live.ts')).showLive(steps, run, { stderr, colours: coloursFor(stderr) })
  else await showPlain(steps, run, { stderr, every })
  return results
}

/** A terminal that cannot say how wide it is (some CI systems) would break every line after one letter. */
function canDraw({ isTTY, columns = 80 }: { isTTY?: boolean; columns?: number }): boolean {
  return isTTY === true && columns >= 20
}
