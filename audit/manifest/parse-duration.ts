import { type Duration, hours, milliseconds, minutes, seconds } from '#kernel/time/duration.ts'

const UNITS: Readonly<Record<string, (amount: number) => Duration>> = {
  ms: milliseconds,
  s: seconds,
  m: minutes,
  h: hours,
  d: (days) => hours(24 * days),
}

/** `30s`, `15m`, `72h`, `3d`, `500ms`; `null` for anything else. */
export function parseDuration(text: string): Duration | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? []
  const toDuration = unit === undefined ? undefined : UNITS[unit]
  return amount === undefined || toDuration === undefined ? null : toDuration(Number(amount))
}
