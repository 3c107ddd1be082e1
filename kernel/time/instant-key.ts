/**
 * A time in ISO 8601 as text that sorts by the instant, whatever zone and however many digits it was written
 * with: UTC, nine digits of the second. A `Date` would drop all behind the third. The time must be a valid one.
 */
export function instantKey(time: string): string {
  const [, fraction = ''] = /:\d\d\.(\d+)/.exec(time) ?? []
  return `${new Date(time).toISOString().slice(0, 19)}.${fraction.slice(0, 9).padEnd(9, '0')}Z`
}
