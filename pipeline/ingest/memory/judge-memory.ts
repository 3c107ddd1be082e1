/** How much room Redis has for more. */
export interface MemoryRoom {
  /** Bytes that count against the limit. */
  readonly used: number
  /** Bytes at which the append leaves off; `null` when Redis has no limit, or does not say. */
  readonly limit: number | null
}

/**
 * Reads `INFO memory`. Buffers of clients and replicas do not count, as they do not count for Redis when it refuses
 * writes. `reserve` is the percentage of maxmemory that is left to cursors, acknowledgements and dead letters.
 */
export function judgeMemory(info: ReadonlyMap<string, string>, reserve: number): MemoryRoom {
  const number = (name: string) => Number(info.get(name) ?? 0)
  const most = number('maxmemory')
  const used = number('used_memory') - number('mem_not_counted_for_evict')
  return { used, limit: most > 0 ? Math.floor(most * (1 - reserve / 100)) : null }
}

export function isTight({ used, limit }: MemoryRoom): boolean {
  return limit !== null && used >= limit
}
