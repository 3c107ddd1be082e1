/** What every contender of the append bench puts into its stream. */
export interface Load {
  readonly entries: number
  /** Length of the one field's value. */
  readonly entryBytes: number
  readonly batchEntries: number
}

/** Distinct values, so that nobody profits from sending the same string again. */
export function valuesOf({ batchEntries, entryBytes }: Load): string[] {
  return Array.from({ length: batchEntries }, (_, index) => `${index}:`.padEnd(entryBytes, 'event '))
}

/** Entries per second of the work, which must add all of them. */
export async function rateOf({ entries }: Load, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return entries / ((performance.now() - startedAt) / 1_000)
}
