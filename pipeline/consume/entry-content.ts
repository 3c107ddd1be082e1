import type { Reading } from '#pipeline/dialects/reading.ts'

/** What an entry holds. Without events, it is poison: no retry can make it readable. */
export interface EntryContent extends Reading {
  readonly id: string
}
