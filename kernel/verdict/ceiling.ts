import type { Verdict } from './verdict.ts'

/** Limits for a value that should stay low, in the unit of the value itself. */
export interface Ceiling {
  readonly warnAt: number
  readonly failAt: number
}

/** Judges a value that should stay low. A value nobody could measure is `unknown`. */
export function judgeCeiling(value: number | null, { warnAt, failAt }: Ceiling): Verdict {
  if (value === null || Number.isNaN(value)) return 'unknown'
  if (value >= failAt) return 'fail'
  return value >= warnAt ? 'warn' : 'pass'
}
