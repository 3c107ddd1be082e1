/** A record as jsonb can hold it. */
export interface Storable {
  readonly json: unknown
  /** The exact JSON text when `json` had to be altered, else `null`. */
  readonly verbatim: string | null
}

/** What jsonb refuses: the NUL character and half of a surrogate pair, as JSON.stringify escapes them. */
const SUSPECT = /\\u(?:0000|d[89a-f])/

/**
 * PostgreSQL text cannot hold U+0000 or a lone surrogate, both of which are valid JSON. They become U+FFFD in
 * the copy that can be queried, and the record as it was is kept as text beside it: nothing is lost, and one
 * odd record does not refuse the batch.
 */
export function toStorable(record: unknown): Storable {
  const verbatim = JSON.stringify(record)
  if (!SUSPECT.test(verbatim)) return { json: record, verbatim: null }
  const json = mended(record)
  return JSON.stringify(json) === verbatim ? { json, verbatim: null } : { json, verbatim }
}

/** Whether this JSON text may hold what jsonb refuses; never wrong when it says no. */
export function isSuspect(text: string): boolean {
  return SUSPECT.test(text)
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return mendedText(value)
  if (Array.isArray(value)) return value.map(mended)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mendedText(key), mended(item)]))
}

/** Text as PostgreSQL can hold it: U+FFFD for NUL and for half of a surrogate pair. */
export function mendedText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{fffd}')
}
