import { DEAD_LETTER_FIELDS, ORIGINAL_FIELD_PREFIX } from '#pipeline/contract.ts'
import type { DeadLetter, Field } from './letter.ts'

const PREFIX = Buffer.from(ORIGINAL_FIELD_PREFIX)
const OURS: ReadonlySet<string> = new Set(DEAD_LETTER_FIELDS)

/** Reads an entry of the dead-letter stream. What it does not say is `null`: somebody else may have written it. */
export function parseLetter(id: string, parts: readonly Buffer[]): DeadLetter {
  const fields: Field[] = []
  const others: Field[] = []
  const said = new Map<string, string>()
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [name, value] = parts.slice(at, at + 2) as [Buffer, Buffer]
    if (name.subarray(0, PREFIX.length).equals(PREFIX)) {
      fields.push({ name: name.subarray(PREFIX.length), value })
    } else if (OURS.has(name.toString('utf8'))) {
      said.set(name.toString('utf8'), value.toString('utf8'))
    } else others.push({ name, value })
  }
  const text = (field: (typeof DEAD_LETTER_FIELDS)[number]) => said.get(field) ?? null
  return {
    id,
    reason: text('reason'),
    error: text('error'),
    attempts: wholeNumber(text('attempts')),
    firstFailedAt: text('first-failed-at'),
    lastFailedAt: text('last-failed-at'),
    stream: text('stream'),
    entryId: text('id'),
    group: text('group'),
    consumer: text('consumer'),
    fields,
    others,
  }
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
