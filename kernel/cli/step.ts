import type { Verdict } from '#kernel/verdict/verdict.ts'

/** How a step ended: its verdict, and one line that a person remembers. */
export interface StepEnd {
  readonly verdict: Verdict
  readonly note: string
}

/** One thing of several that a long run does, one after the other. */
export interface Step<End extends StepEnd = StepEnd> {
  readonly title: string
  /**
   * `update` says how far it is, as often as it likes: what is too fast for a person is not shown. The step
   * must end soon after the signal aborts.
   */
  run(update: (progress: string) => void, signal: AbortSignal): Promise<End>
}

/** A step that ended by itself. */
export interface StepResult<End extends StepEnd = StepEnd> {
  readonly title: string
  readonly tookMs: number
  readonly end: End
}

/** Runs one step to its end. */
export type RunStep<End extends StepEnd> = (
  step: Step<End>,
  update: (progress: string) => void,
) => Promise<StepResult<End>>
