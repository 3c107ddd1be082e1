import type { Report, Section } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import type { SectionEnd } from './section-end.ts'

export interface LoadRun {
  readonly subject: string
  readonly startedAt: string
  readonly finishedAt: string
  readonly environment: Readonly<Record<string, string>>
  readonly ends: readonly SectionEnd[]
  readonly caveats: readonly string[]
  /** Titles of the questions that were not answered. */
  readonly unasked: readonly string[]
  /** Why the run ended before its last question, in its own words; `null` when it did not. */
  readonly cutShort: string | null
}

/** One document from the answers. A run that was cut short, or that answered nothing, is never a pass. */
export function toLoadReport({ ends, caveats, unasked, cutShort, ...run }: LoadRun): Report {
  const answered = ends.map(({ section }) => section)
  const sections =
    cutShort === null && answered.length > 0 ? answered : [...answered, unfinished(unasked, cutShort)]
  return {
    schema: 'standpipe/report@1',
    area: 'loadtest',
    ...run,
    subject: cutShort === null ? run.subject : `${run.subject} (partial)`,
    verdict: worst(sections.map(({ verdict }) => verdict)),
    sections,
    caveats: [
      ...(cutShort === null ? [] : [`This report is partial: ${cutShort}.`]),
      ...ends.flatMap((end) => end.caveats),
      ...caveats,
    ],
  }
}

function unfinished(unasked: readonly string[], cutShort: string | null): Section {
  const because = cutShort ?? 'there was nothing to ask'
  return {
    title: 'What was left unanswered',
    verdict: 'unknown',
    answer: because,
    statements: unasked.map((subject) => ({ subject, verdict: 'unknown', says: `not answered: ${because}` })),
    measurements: [],
    plots: [],
    timeline: [],
  }
}
