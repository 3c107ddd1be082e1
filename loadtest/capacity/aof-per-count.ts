import type { Size } from './read-size.ts'

export const AOF_METHOD = 'growth of aof_current_size between looks, those at a rewrite left out'

/** One look at a server after so many entries, deliveries or acknowledgements. */
export interface CountedLook extends Size {
  readonly count: number
}

/** Bytes that each of them adds to the append-only file; `null` when it is off, or when every look saw a rewrite. */
export function aofPerCount(looks: readonly CountedLook[]): number | null {
  let bytes = 0
  let count = 0
  for (const [index, look] of looks.entries()) {
    const before = looks[index - 1]
    if (before === undefined || before.aofBytes === null || look.aofBytes === null) continue
    const grown = look.aofBytes - before.aofBytes
    // A rewrite that began and ended between two looks shows as a file that shrank.
    if (before.rewriting || look.rewriting || grown < 0) continue
    bytes += grown
    count += look.count - before.count
  }
  return count > 0 ? bytes / count : null
}
