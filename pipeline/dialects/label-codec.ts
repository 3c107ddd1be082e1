import type { Unreadable } from '#pipeline/consume/parse-event.ts'

/** A label as the lexicon has it: https://atproto.com/specs/label */
export interface Label {
  readonly ver?: number
  readonly src: string
  readonly uri: string
  /** Absent when the label is about every version of its subject. */
  readonly cid?: string
  readonly val: string
  /** True for a negation: the label of this source, subject and value does not hold any more. */
  readonly neg?: boolean
  /** ISO 8601. */
  readonly cts: string
  readonly exp?: string
  readonly sig?: unknown
}

/** How a dialect writes labels. */
export interface LabelCodec {
  readonly field: string
  /** The values of the entries that one frame of a labeler becomes. */
  encode(seq: number, labels: readonly Label[]): readonly string[]
  decode(fields: readonly string[]): {
    readonly labels: readonly Label[]
    readonly unreadable: Unreadable | null
  }
  /** Fields of a label that do not come back. */
  readonly lacks: readonly (keyof Label)[]
}
