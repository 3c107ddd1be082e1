/** Bounds of a wait that doubles, in milliseconds. */
export interface Backoff {
  readonly base: number
  readonly cap: number
}

/**
 * How long to wait after `failures` in a row, the first being 1: doubling up to the cap, and drawn from the
 * upper half, so that many clients of one server do not come back in step. `random` is in [0, 1).
 */
export function backoffMs(failures: number, { base, cap }: Backoff, random: number): number {
  const whole = Math.min(cap, base * 2 ** Math.min(failures - 1, 30))
  return whole * (0.5 + random / 2)
}
