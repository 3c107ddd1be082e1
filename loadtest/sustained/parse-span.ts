import { UsageError } from '#kernel/errors.ts'

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const LONGEST_MS = 30 * 86_400_000

/** `90s`, `10m`, `8h`, `2d` in milliseconds. Throws `UsageError` for anything else, and beyond 30 days. */
export function parseSpan(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([smhd])$/.exec(text.trim()) ?? []
  const ms = Number(amount) * (UNITS[unit] ?? Number.NaN)
  if (ms > 0 && ms <= LONGEST_MS) return ms
  throw new UsageError(`--${flag} "${text}": expected a time such as 90s, 10m, 8h or 2d, at most 30d`)
}
