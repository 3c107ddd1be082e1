import type { ReadBack } from '../capacity/read-back.ts'
import type { Injury, Proof } from './injury.ts'

/** What was seen of one injury, without a judgement. */
export interface Recovery {
  readonly injury: Pick<Injury, 'id' | 'title' | 'mayLose' | 'mustRefuse'>
  readonly proof: Proof
  /** Entries whose reply arrived, counted outside Redis. */
  readonly acknowledged: number
  /** Entries under way at the end: they may be stored or not. */
  readonly indeterminate: number
  /** Redis' words when it refused to start on its files; `null` when it started. */
  readonly refusedToStart: string | null
  /** What the tool said that made them readable again; `null` when nothing had to be. */
  readonly mended: string | null
  /** From starting Redis to its first answer. */
  readonly readySeconds: number
  /** Size of the append-only log that it read, in bytes. */
  readonly aofBytes: number
  /** What came back, held against the first entries that were appended. */
  readonly cameBack: ReadBack
  /** The sequence that came back with them; `null` when none did. */
  readonly cursor: number | null
  /** When how many had been acknowledged, in seconds since the load began; the last one is the end. */
  readonly arrivals: readonly (readonly [at: number, count: number])[]
  /** How long before the end the last entry was appended that came back; `null` when nothing was lost. */
  readonly lostSeconds: number | null
  /** Entries appended again, from the cursor on. */
  readonly replayed: number
  /** All that is there in the end, held against all that was acknowledged. */
  readonly afterReplay: ReadBack
}
