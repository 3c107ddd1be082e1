import { formatNumber } from '#kernel/format/format-number.ts'
import type { Report } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import type { Run } from '../compare/run.ts'
import { toHistorySection } from './to-history-section.ts'

/** Kept runs as a report: a section for each subject. A number whose last change was for the worse is a warning. */
export function toHistoryReport(
  runs: readonly Run[],
  smallest: number,
  times: Pick<Report, 'startedAt' | 'finishedAt'>,
): Report {
  const bySubject = Map.groupBy(runs, ({ area, subject }) => JSON.stringify([area, subject]))
  const sections = [...bySubject.values()].flatMap((some) => toHistorySection(some, smallest) ?? [])
  return {
    schema: 'standpipe/report@1',
    area: 'comparison',
    subject: 'kept runs',
    ...times,
    environment: { 'smallest effect named': `${formatNumber(smallest * 100)} %` },
    verdict: worst(sections.map(({ verdict }) => verdict)),
    sections,
    caveats: [
      'chance: about one in twenty steady numbers looks as if it had changed once',
      'a slow drift that never steps: it is in the curves, and no change point',
    ],
  }
}
