import type { Duration } from '#kernel/time/duration.ts'
import { parseAge } from '#pipeline/dead-letters/parse-age.ts'

/** What stays in the stream although no group needs it any more: the youngest entries, by age or by number. */
export type RetentionFloor = { readonly age: Duration } | { readonly entries: number }

/** Reads `12h` as an age and `100000` as a number of entries. Throws `UsageError` on anything else. */
export function parseRetentionFloor(text: string): RetentionFloor {
  return /^\d{1,12}$/.test(text) ? { entries: Number(text) } : { age: parseAge(text) }
}
