/** What became of sequences that were sent in order from 1 on, in memory that does not grow with their number. */
export interface RollingLedger {
  /** Sequences that were committed at least once. */
  readonly committed: number
  /** Commits of sequences that were committed before. */
  readonly again: number
  /** Commits of sequences that were never attempted. */
  readonly unexpected: number
  /** Everything from the first to the last was committed now; `attempted` is the highest sequence sent so far. */
  commit(first: number, last: number, attempted: number): void
  /** Sequences up to this one that were not committed. */
  missing(upTo: number): number
}

/** Remembers where the unbroken line of commits ends, and one by one only what lies beyond it. */
export function rollingLedger(): RollingLedger {
  let upTo = 0
  let again = 0
  let unexpected = 0
  const beyond = new Set<number>()
  const commitOne = (seq: number) => {
    if (seq <= upTo || beyond.has(seq)) again += 1
    else beyond.add(seq)
    while (beyond.delete(upTo + 1)) upTo += 1
  }
  return {
    get committed() {
      return upTo + beyond.size
    },
    get again() {
      return again
    },
    get unexpected() {
      return unexpected
    },
    commit(first, last, attempted) {
      unexpected += Math.max(0, last - Math.max(attempted, first - 1))
      const known = Math.min(last, attempted)
      if (first === upTo + 1 && beyond.size === 0) upTo = Math.max(upTo, known)
      else for (let seq = first; seq <= known; seq += 1) commitOne(seq)
    },
    missing(limit) {
      if (limit <= upTo) return 0
      let committed = 0
      for (const seq of beyond) if (seq <= limit) committed += 1
      return limit - upTo - committed
    },
  }
}
