import type { Duration } from '#kernel/time/duration.ts'
import { coloursFor } from './colours-for.ts'
import type { CommandContext } from './command.ts'
import { describeStep } from './describe-step.ts'
import type { RunStep, Step, StepEnd } from './step.ts'

interface Plain extends Pick<CommandContext, 'stderr'> {
  readonly every: Duration
}

/** Progress for a log: a line when a step starts and ends, and now and then one in between. */
export async function showPlain<End extends StepEnd>(
  steps: readonly Step<End>[],
  run: RunStep<End>,
  { stderr, every }: Plain,
): Promise<void> {
  const colours = coloursFor({})
  for (const [index, step] of steps.entries()) {
    const place = `[${index + 1}/${steps.length}]`
    stderr.write(`${place} ${step.title} …\n`)
    let lastAt = performance.now()
    const update = (progress: string) => {
      if (performance.now() - lastAt < every) return
      lastAt = performance.now()
      stderr.write(`${place}   ${progress}\n`)
    }
    try {
      stderr.write(`${place} ${describeStep(await run(step, update), colours)}\n`)
    } catch (error) {
      stderr.write(`${place} ✗ ${step.title}: ${(error as Error).message}\n`)
      throw error
    }
  }
}
