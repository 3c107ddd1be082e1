import { formatNumber } from '#kernel/format/format-number.ts'

/** A time in seconds on a section's clock: `+12.3 s`. Always seconds, so that a column of them can be compared. */
export function describeMoment(at: number): string {
  return `${at < 0 ? '−' : '+'}${formatNumber(Math.abs(Math.round(at * 1_000) / 1_000))} s`
}
