/** One look at the server while entries are being appended. */
export interface CapacitySample {
  /** Seconds since the first append. */
  readonly at: number
  readonly appended: number
  readonly usedMemoryBytes: number
}

/** What was seen while a known number of realistic entries was appended, without a judgement. */
export interface CapacityRun {
  readonly asked: number
  /** Entries that the append said it added. */
  readonly added: number
  /** Entries that Redis says are in the stream afterwards. */
  readonly length: number
  readonly tookMs: number
  /** used_memory before the first entry and after the last, in bytes. */
  readonly baselineBytes: number
  readonly usedBytes: number
  /** Configured maxmemory in bytes; 0 when there is none. */
  readonly maxmemoryBytes: number
  /** Growth of the append-only file in bytes; `null` when it is off. */
  readonly aofBytes: number | null
  readonly samples: readonly CapacitySample[]
  /** Append call, from sending to reply, in milliseconds, by percentile from 0 to 100. */
  readonly latency: readonly (readonly [percentile: number, ms: number])[]
  readonly calls: number
}
