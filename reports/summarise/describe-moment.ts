import { formatNumber } from '#kernel/format/format-number.ts'

const HOUR = 3_600

/** A time in seconds on a section's clock: `+12.3 s`, and from an hour on `+3:12:29`. Never minutes alone, so that a column can be compared. */
export function describeMoment(at: number): string {
  const sign = at < 0 ? '−' : '+'
  const seconds = Math.abs(at)
  if (seconds < HOUR || seconds > HOUR * 1e6)
    return `${sign}${formatNumber(Math.round(seconds * 1_000) / 1_000)} s`
  const whole = Math.round(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${sign}${Math.floor(whole / HOUR)}:${two(Math.floor((whole % HOUR) / 60))}:${two(whole % 60)}`
}
