export interface BufferSize {
  /** Configured maxmemory, in bytes. */
  readonly maxmemory: number
  /** used_memory of the server before the first entry, in bytes. */
  readonly baseline: number
  /** Measured growth of used_memory per entry, in bytes. */
  readonly bytesPerEntry: number
}

/** Share of maxmemory that stays free for pending entries, dead letters, cursors and client buffers. */
export const RESERVED_SHARE = 0.1

/**
 * How many hours of events fit before the append is refused, with nobody reading, at a rate in entries per
 * second. `null` when the sizes make no sense, for example when no maxmemory is set.
 */
export function bufferHours(
  { maxmemory, baseline, bytesPerEntry }: BufferSize,
  entriesPerSecond: number,
): number | null {
  const room = maxmemory * (1 - RESERVED_SHARE) - baseline
  if (!(maxmemory > 0) || !(bytesPerEntry > 0) || !(entriesPerSecond > 0) || room <= 0) return null
  return room / bytesPerEntry / entriesPerSecond / 3_600
}
