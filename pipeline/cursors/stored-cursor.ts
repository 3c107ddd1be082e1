/** A key that holds where a producer of a stream has got to. */
export interface StoredCursor {
  readonly key: string
  /** `null` when the key does not say. */
  readonly stream: string | null
  /** As it is in the key, with its scheme if it has one there; `null` when the key does not say. */
  readonly host: string | null
  /** The sequence of a relay, or whatever else a producer keeps there. */
  readonly value: string
  /** Milliseconds that the newest entry stored up to this cursor is old, by its own time; `null` when not knowable. */
  readonly ageMs: number | null
}

/** Where the third of the old systems keeps its one cursor. */
export const PYTHON_CURSOR_KEY = 'firehose:python_cursor'

const MIDDLE = ':cursor:'

/** Keys beside a cursor that are none: what was handed over to another system, where a listing looks for newcomers. */
const BESIDE = /:(handed-over|tail)$/

/** Which stream and host a key speaks of; `null` when it is no cursor's key. */
export function parseCursorKey(key: string): Pick<StoredCursor, 'stream' | 'host'> | null {
  if (key === PYTHON_CURSOR_KEY) return { stream: null, host: null }
  const at = key.indexOf(MIDDLE)
  return at > 0 && !BESIDE.test(key)
    ? { stream: key.slice(0, at), host: key.slice(at + MIDDLE.length) }
    : null
}

/** A sequence of a relay; `null` when the text is none. */
export function parseSequence(text: string): number | null {
  const seq = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(seq) ? seq : null
}
