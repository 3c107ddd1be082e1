import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Report } from '#kernel/report/report.ts'

/** When a run took place and how long it took: `2026-08-03 12:00:00 UTC, took 103 s`. */
export function describeRun({ startedAt, finishedAt }: Report): string {
  const started = Date.parse(startedAt)
  const tookMs = Date.parse(finishedAt) - started
  const when = Number.isNaN(started) ? startedAt : toMoment(started)
  return Number.isNaN(tookMs) ? when : `${when}, took ${formatMeasure(tookMs, 'ms')}`
}

function toMoment(epochMs: number): string {
  return new Date(epochMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}
