import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Section } from '#kernel/report/report.ts'

/** What was left in Redis after the run had taken its keys away again. */
export interface Cleanup {
  /** Keys of the run that were still there. */
  readonly left: number
  /** Keys that there were to remove. */
  readonly removed: number
  readonly usedBytes: number
}

/** Is nothing left behind? A run that had nothing to remove proves nothing. */
export function toCleanupSection(title: string, { left, removed, usedBytes }: Cleanup): Section {
  const verdict = left > 0 ? 'fail' : removed === 0 ? 'unknown' : 'pass'
  const says = `${removed} keys removed, ${left} left; ${formatMeasure(usedBytes, 'bytes')} used`
  return {
    title,
    verdict,
    answer: says,
    statements: [{ subject: 'keys of this run', verdict, says, expected: 'none left' }],
    measurements: [],
    plots: [],
    timeline: [],
  }
}
