/** An index of PostgreSQL refuses values of more than 2704 bytes, and with them the whole batch. */
const MOST_INDEXED = 2_000

/** Text, or `null`. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** What `value[name]` holds, when there is such a thing. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

/** An AT URI or a DID that a row may be found by; `null` when it is neither, or too long for an index. */
export function referenceOf(value: unknown): string | null {
  return typeof value === 'string' &&
    value.length <= MOST_INDEXED &&
    /^(at:\/\/|did:)[\x21-\x7e]+$/.test(value)
    ? value
    : null
}

/** The URI in a strong reference: https://atproto.com/lexicons/com-atproto-repo-strongref */
export function uriIn(value: unknown): string | null {
  return referenceOf(fieldOf(value, 'uri'))
}

/** A time as PostgreSQL surely reads it; `null` when the author wrote something else. */
export function timeOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return null
  const ms = Date.parse(value)
  if (Number.isNaN(ms)) return null
  const time = new Date(ms).toISOString()
  return /^(?!0000)\d{4}-/.test(time) ? time : null
}
