import { isUtf8 } from 'node:buffer'
import type { DeadLetter, Field } from './letter.ts'

/** Text where the bytes are text, else base64: nothing of an entry is bent by being shown or kept. */
export type JsonBytes = string | { readonly base64: string }

type JsonField = readonly [name: JsonBytes, value: JsonBytes]

export interface JsonLetter extends Omit<DeadLetter, 'fields' | 'others'> {
  /** Names and values, in the order of the entry. */
  readonly fields: readonly JsonField[]
  readonly others: readonly JsonField[]
}

/** A letter as JSON, whole: `--json` prints it, and an archive keeps one per line. */
export function toJson(letter: DeadLetter): JsonLetter {
  return { ...letter, fields: letter.fields.map(jsonField), others: letter.others.map(jsonField) }
}

const jsonField = ({ name, value }: Field): JsonField => [jsonBytes(name), jsonBytes(value)]

function jsonBytes(bytes: Buffer): JsonBytes {
  return isUtf8(bytes) ? bytes.toString('utf8') : { base64: bytes.toString('base64') }
}
