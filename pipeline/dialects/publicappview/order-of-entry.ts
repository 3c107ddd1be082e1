import { parseEntryId } from '#kernel/streams/entry-id.ts'

/** What an entry's ID has to stand for where its producer does not say how events are ordered. */
export interface EntryOrder {
  /**
   * A TID made of the ID: the moment of the append, with the ID's counter behind it. It orders entries as their
   * IDs do, and stands among real revs as a commit of that moment would.
   */
  readonly rev: string
  /**
   * In the place of a missing sequence: below every sequence of a relay, so that an event that has one counts
   * for more, and among its like ordered as the IDs are.
   */
  readonly sequence: number
  /** When the entry was appended, ISO 8601. */
  readonly time: string
}

/** https://atproto.com/specs/tid */
const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz'
/** IDs that a TID has room for: a counter per millisecond, and 53 bits of microseconds. */
const COUNTERS = 1_000 * 1_024
const LAST_MS = Math.floor(Number.MAX_SAFE_INTEGER / 1_000) - 1

/** `null` for an ID beyond the year 2255, or with a counter that no server reaches within a millisecond. */
export function orderOfEntry(id: string): EntryOrder | null {
  const { ms: milliseconds, seq } = parseEntryId(id)
  if (milliseconds > BigInt(LAST_MS) || seq >= BigInt(COUNTERS)) return null
  const ms = Number(milliseconds)
  const counter = Number(seq)
  const microseconds = ms * 1_000 + Math.floor(counter / 1_024)
  return {
    rev: digits(microseconds, 11) + digits(counter % 1_024, 2),
    sequence: -Number.MAX_SAFE_INTEGER + ms * 1_000 + Math.min(counter, 999),
    time: new Date(ms).toISOString(),
  }
}

function digits(value: number, width: number): string {
  let text = ''
  let rest = value
  for (let at = 0; at < width; at += 1) {
    text = `${ALPHABET[rest % 32]}${text}`
    rest = Math.floor(rest / 32)
  }
  return text
}
