import type { Duration } from '#kernel/time/duration.ts'

/** As Prometheus writes it: whole seconds, in the largest unit that needs no fraction (`90s`, `2m`, `1h`). */
export function toPrometheusDuration(duration: Duration): string {
  const seconds = duration / 1_000
  if (!Number.isInteger(seconds)) throw new RangeError(`not whole seconds: ${duration} ms`)
  if (seconds > 0 && seconds % 3_600 === 0) return `${seconds / 3_600}h`
  return seconds > 0 && seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}
