import { availableParallelism, loadavg } from 'node:os'
import { type ProgressOptions, runSteps } from '#kernel/cli/progress.ts'
import type { Step } from '#kernel/cli/step.ts'
import type { Report } from '#kernel/report/report.ts'
import { busyBefore } from './busy-before.ts'
import { describeHost } from './describe-host.ts'
import type { SectionEnd } from './section-end.ts'
import { toLoadReport } from './to-load-report.ts'

/** What a numbered script asks, one section each, and what holds for all of it. */
export interface Questions {
  readonly subject: string
  /** Configuration that the numbers depend on, secrets removed; the host is added to it. */
  readonly environment: Readonly<Record<string, string>>
  readonly steps: readonly Step<SectionEnd>[]
  /** What no run of this script looks at. */
  readonly caveats: readonly string[]
}

export interface Answers {
  /** Whole, or marked as partial. */
  readonly report: Report
  /** What cut the run short, to be rethrown once the report is written; `null` when it ran to its end. */
  readonly cutShort: Error | null
}

/** Asks one question after the other. A Ctrl-C or an error keeps the answers that were found until then. */
export async function runSections(questions: Questions, progress: ProgressOptions): Promise<Answers> {
  const startedAt = new Date().toISOString()
  const caveats = [...busyBefore(loadavg()[0] ?? 0, availableParallelism()), ...questions.caveats]
  const ends: SectionEnd[] = []
  const steps = questions.steps.map((step) => ({
    ...step,
    async run(update: (progress: string) => void, signal: AbortSignal) {
      const end = await step.run(update, signal)
      ends.push(end)
      return end
    },
  }))
  let cutShort: Error | null = null
  try {
    await runSteps(steps, progress)
  } catch (error) {
    cutShort = error as Error
  }
  const { subject } = questions
  const report = toLoadReport({
    subject,
    startedAt,
    finishedAt: new Date().toISOString(),
    environment: { ...describeHost(), ...questions.environment },
    ends,
    caveats,
    unasked: questions.steps.slice(ends.length).map(({ title }) => title),
    cutShort: cutShort?.message ?? null,
  })
  return { report, cutShort }
}
