import type { Verdict } from './verdict.ts'

/** Limits for a value that should stay high, in the unit of the value itself. */
export interface Floor {
  readonly warnBelow: number
  readonly failBelow: number
}

/** Judges a value that should stay high. A value nobody could measure is `unknown`. */
export function judgeFloor(value: number | null, { warnBelow, failBelow }: Floor): Verdict {
  if (value === null || Number.isNaN(value)) return 'unknown'
  if (value < failBelow) return 'fail'
  return value < warnBelow ? 'warn' : 'pass'
}
