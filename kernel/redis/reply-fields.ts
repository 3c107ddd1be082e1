import { DependencyError } from '#kernel/errors.ts'
import { printableName } from './printable-name.ts'
import { replyText } from './reply-text.ts'

/** The name-value pairs of one XINFO reply, read with expectations: a reply cut short is an error, never a 0. */
export interface ReplyFields {
  has(name: string): boolean
  /** Throws `DependencyError` when the field is missing or not a whole number. */
  number(name: string): number
  /** `null` when Redis said nil, or does not know the field. */
  numberOrNull(name: string): number | null
  /** Throws `DependencyError` when the field is missing or not text. */
  text(name: string): string
  /** As `text`, without assuming that the bytes are text. */
  bytes(name: string): Buffer
  /** `null` when Redis said nil, or does not know the field. */
  listOrNull(name: string): readonly unknown[] | null
}

/** Reads a flat `[name, value, name, value, …]` reply of buffers. `command` is named when the reply is wrong. */
export function replyFields(command: string, reply: unknown): ReplyFields {
  if (!Array.isArray(reply) || reply.length % 2 !== 0) {
    throw new DependencyError(`cannot read the answer to ${command}: expected name-value pairs`)
  }
  const fields = new Map<string, unknown>()
  for (let at = 0; at < reply.length; at += 2) fields.set(replyText(reply[at]) ?? '', reply[at + 1])

  const wrong = (name: string, expected: string) =>
    new DependencyError(
      `cannot read the answer to ${command}: field ${name}: expected ${expected}, got ${shown(fields.get(name))}`,
    )
  const numberOrNull = (name: string): number | null => {
    const value = fields.get(name)
    if (value === null || value === undefined) return null
    const number = Number(replyText(value) ?? Number.NaN)
    if (!Number.isInteger(number)) throw wrong(name, 'a whole number')
    return number
  }
  const bytes = (name: string): Buffer => {
    const value = fields.get(name)
    if (!Buffer.isBuffer(value)) throw wrong(name, 'text')
    return value
  }
  return {
    has: (name) => fields.has(name),
    numberOrNull,
    number(name) {
      const value = numberOrNull(name)
      if (value === null) throw wrong(name, 'a whole number')
      return value
    },
    bytes,
    text: (name) => bytes(name).toString('utf8'),
    listOrNull(name) {
      const value = fields.get(name) ?? null
      if (value !== null && !Array.isArray(value)) throw wrong(name, 'a list')
      return value
    },
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  return Buffer.isBuffer(value) ? `"${printableName(value)}"` : (replyText(value) ?? 'nil or a list')
}
