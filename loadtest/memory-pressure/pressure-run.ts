import type { Moment } from '#kernel/report/report.ts'
import type { ReadBack } from '../capacity/read-back.ts'
import type { Tried } from './probe.ts'

/** One look at the memory. */
export interface MemoryLook {
  /** Seconds since the first append. */
  readonly at: number
  readonly usedBytes: number
}

/** Memory of the process, of which its entries are a part; from INFO. */
export interface Fragmentation {
  /** Resident memory by used memory; meaningless for a server of a few megabytes. */
  readonly ratio: number
  /** What the allocator holds by what it has handed out. */
  readonly allocatorRatio: number
}

/** What was seen as a buffer under noeviction was filled, probed and drained again, without a judgement. */
export interface PressureRun {
  readonly maxmemoryBytes: number
  /** Entries acknowledged until the first refusal. */
  readonly filled: number
  /** Redis' words at the limit; `null` when it never refused. */
  readonly refusal: string | null
  /** Calls that Redis says it refused for want of memory. */
  readonly refusedCalls: number
  /** Bytes beyond maxmemory after a group had gone on reading. */
  readonly bytesBeyond: number
  /** Entries that were handed out between the refusal and the probes. */
  readonly readWhileFull: number
  readonly probes: readonly Tried[]
  /** Entries acknowledged by Redis in the end, those after the recovery included. */
  readonly acknowledged: number
  /** Entries that could be appended again after the trim, before anything else was done. */
  readonly appendedAgain: number
  readonly trimmed: number
  /** Keys that Redis evicted; any is a loss. */
  readonly evicted: number
  /** All that the group was handed, held against all that was appended. */
  readonly delivered: ReadBack
  readonly looks: readonly MemoryLook[]
  readonly timeline: readonly Moment[]
  readonly fragmentation: {
    readonly empty: Fragmentation
    readonly full: Fragmentation
    readonly drained: Fragmentation
  }
}
