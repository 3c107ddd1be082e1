import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Report } from '#kernel/report/report.ts'
import { describeInstant } from './describe-instant.ts'

/** When a run took place and how long it took: `2026-08-03 12:00:00 UTC, took 103 s`. */
export function describeRun({ startedAt, finishedAt }: Report): string {
  const tookMs = Date.parse(finishedAt) - Date.parse(startedAt)
  const when = describeInstant(startedAt)
  return Number.isNaN(tookMs) ? when : `${when}, took ${formatMeasure(tookMs, 'ms')}`
}
