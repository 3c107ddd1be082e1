const LAST_MS = Date.UTC(10_000, 0)

/** Whether this is a time in ISO 8601 that every database can hold: from 1970 on, in a year of four digits. */
export function isTime(value: unknown): value is string {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return ms >= 0 && ms < LAST_MS
}
