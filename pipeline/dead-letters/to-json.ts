import { isUtf8 } from 'node:buffer'
import type { DeadLetter } from './letter.ts'

/** Text where the bytes are text, else base64: nothing of an entry is bent by being shown or kept. */
export type JsonBytes = string | { readonly base64: string }

export interface JsonLetter extends Omit<DeadLetter, 'fields'> {
  /** Names and values, in the order of the entry. */
  readonly fields: readonly (readonly [name: JsonBytes, value: JsonBytes])[]
}

/** A letter as JSON, whole: `--json` prints it, and an archive keeps one per line. */
export function toJson(letter: DeadLetter): JsonLetter {
  return { ...letter, fields: letter.fields.map(({ name, value }) => [jsonBytes(name), jsonBytes(value)]) }
}

function jsonBytes(bytes: Buffer): JsonBytes {
  return isUtf8(bytes) ? bytes.toString('utf8') : { base64: bytes.toString('base64') }
}
