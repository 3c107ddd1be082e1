import type { StepEnd } from '#kernel/cli/step.ts'
import type { Section } from '#kernel/report/report.ts'

/** How a step of the preflight ended: its section of the report, and what it could not look at. */
export interface SectionEnd extends StepEnd {
  readonly section: Section
  readonly caveats: readonly string[]
}

export function sectionEnd(section: Section, caveats: readonly string[] = []): SectionEnd {
  return { verdict: section.verdict, note: section.answer ?? '', section, caveats }
}
