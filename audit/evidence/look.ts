import type { Fields } from '../fields.ts'
import type { GroupEvidence } from './group-evidence.ts'
import type { StreamEvidence } from './stream-evidence.ts'

/** What one look during `--watch` saw. */
export interface Look {
  /** Milliseconds since the Unix epoch, by our clock. */
  readonly atMs: number
  readonly server: Fields
  readonly streams: readonly StreamEvidence[]
  readonly groups: readonly GroupEvidence[]
}
