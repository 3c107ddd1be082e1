import type { Step } from '#kernel/cli/step.ts'
import type { Section } from '#kernel/report/report.ts'
import { type SectionEnd, sectionEnd } from './section-end.ts'

/** Answers one question: a section under the title that it is given. */
export type Ask = (title: string, update: (progress: string) => void, signal: AbortSignal) => Promise<Section>

export function stepOf(title: string, ask: Ask): Step<SectionEnd> {
  return { title, run: async (update, signal) => sectionEnd(await ask(title, update, signal)) }
}
