import type { Latencies } from '#loadtest/latency/latencies.ts'
import type { Size } from './read-size.ts'

/** One look at the server while entries are being appended. */
export interface CapacitySample extends Size {
  /** Seconds since the first append. */
  readonly at: number
  readonly appended: number
}

/** What was seen while a known number of realistic entries was appended, without a judgement. */
export interface CapacityRun {
  readonly asked: number
  /** Entries that the append said it added. */
  readonly added: number
  /** Entries that Redis says are in the stream afterwards. */
  readonly length: number
  readonly tookMs: number
  /** What counts against maxmemory before the first entry and after the last, in bytes. */
  readonly baselineBytes: number
  readonly usedBytes: number
  /** Configured maxmemory in bytes; 0 when there is none. */
  readonly maxmemoryBytes: number
  readonly samples: readonly CapacitySample[]
  /** Append calls, from sending to reply. */
  readonly latencies: Latencies
}
