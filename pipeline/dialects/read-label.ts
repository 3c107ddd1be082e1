import type { Unreadable } from '#pipeline/consume/parse-event.ts'
import type { Label } from './label-codec.ts'

const NEEDED = ['src', 'uri', 'val', 'cts'] as const

/** A label without the nulls that some writers put where nothing is, or why it is none. */
export function readLabel(value: unknown): Label | Unreadable {
  const fields: Record<string, unknown> = {}
  if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) if (one !== null) fields[name] = one
  }
  const missing = NEEDED.find((name) => typeof fields[name] !== 'string')
  if (missing) return { reason: 'malformed-event', error: `field ${missing} of a label: expected text` }
  return fields as unknown as Label
}
