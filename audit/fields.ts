import { MissingEvidence } from './missing-evidence.ts'
import type { Quote } from './quote.ts'

/** One named value and the command that gave it. */
export interface Field {
  readonly command: string
  readonly value: string
}

/** Named values as Redis gave them. Asking for one that is not there throws `MissingEvidence` with the reason. */
export interface Fields {
  has(name: string): boolean
  text(name: string): string
  /** Throws `MissingEvidence` as well when the value is not a number. */
  number(name: string): number
  quotes(...names: readonly string[]): Quote[]
}

/** `explain` says why a name is not there, as an operator's sentence. */
export function toFields(fields: ReadonlyMap<string, Field>, explain: (name: string) => string): Fields {
  const text = (name: string): string => {
    const field = fields.get(name)
    if (!field) throw new MissingEvidence(explain(name))
    return field.value
  }
  return {
    has: (name) => fields.has(name),
    text,
    number(name) {
      const value = text(name)
      const number = Number(value)
      if (value.trim() === '' || Number.isNaN(number)) {
        throw new MissingEvidence(`cannot read ${name}: expected a number, got "${value}"`)
      }
      return number
    },
    quotes: (...names) =>
      names.flatMap((name) => {
        const field = fields.get(name)
        return field ? [{ command: field.command, value: `${name}=${field.value}` }] : []
      }),
  }
}
