import { UsageError } from '#kernel/errors.ts'
import { type Duration, hours, minutes, seconds } from '#kernel/time/duration.ts'

const UNITS = { s: seconds, m: minutes, h: hours, d: (days: number) => hours(24 * days) } as const

/** Reads `90s`, `15m`, `12h` or `30d`. Throws `UsageError` on anything else. */
export function parseAge(text: string): Duration {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (amount === undefined) throw new UsageError(`not an age: "${text}"; expected 90s, 15m, 12h or 30d`)
  return UNITS[unit as keyof typeof UNITS](Number(amount))
}
