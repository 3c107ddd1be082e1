import type { Unreadable } from '#pipeline/consume/parse-event.ts'
import { valueOf } from '#pipeline/consume/value-of.ts'

/** The JSON in one field of an entry, or why there is none. */
export function readJsonField(
  fields: readonly string[],
  name: string,
): { readonly value: unknown } | Unreadable {
  const text = valueOf(fields, name)
  if (text === null) {
    return { reason: 'no-event-field', error: `field ${name}: expected JSON, got nothing` }
  }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { reason: 'not-json', error: (error as Error).message }
  }
}
