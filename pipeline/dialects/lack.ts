import type { StreamEvent } from '#pipeline/contract.ts'

/** Something of an event that a dialect has no place for. */
export interface Lack {
  readonly of: readonly StreamEvent['type'][]
  /** `null` when such events are not written at all; `record.$bytes` for bytes anywhere in the record. */
  readonly field: string | null
  /** What a reader finds in its place. */
  readonly instead: string
}
