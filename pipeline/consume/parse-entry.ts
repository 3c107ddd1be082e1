import { EVENT_FIELD } from '#pipeline/contract.ts'
import type { EventEntry } from '#pipeline/sinks/sink.ts'
import { parseEvent, type Unreadable } from './parse-event.ts'

/** An entry that no retry can make readable. */
export interface PoisonEntry extends Unreadable {
  readonly id: string
}

/** Reads the event out of an entry's fields, wherever among them it stands. */
export function parseEntry(id: string, fields: readonly string[]): EventEntry | PoisonEntry {
  const text = valueOf(fields, EVENT_FIELD)
  if (text === null) {
    return { id, reason: 'no-event-field', error: `field ${EVENT_FIELD}: expected JSON, got nothing` }
  }
  const event = parseEvent(text)
  return 'reason' in event ? { id, ...event } : { id, event }
}

/** Value of a field among names and values in turn; `null` when it is not there. */
export function valueOf(fields: readonly string[], name: string): string | null {
  for (let at = 0; at + 1 < fields.length; at += 2) {
    if (fields[at] === name) return fields[at + 1] ?? null
  }
  return null
}
