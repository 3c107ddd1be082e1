/** The newest events that were queued, by what tells them apart whoever says them. */
export interface KnownEvents {
  has(name: string): boolean
  add(name: string): void
  /** Redis forgot: nothing stands for anything any more. */
  clear(): void
}

/**
 * Remembers at least the newest `limit` events, and at most twice as many. It begins empty, and holds only what this
 * process has queued: an event that it does not know is stored again, one that it knows is never lost.
 */
export function createKnownEvents(limit: number): KnownEvents {
  let newer = new Set<string>()
  let older = new Set<string>()
  return {
    has: (name) => newer.has(name) || older.has(name),
    add(name) {
      newer.add(name)
      if (newer.size < limit) return
      older = newer
      newer = new Set()
    },
    clear() {
      newer = new Set()
      older = new Set()
    },
  }
}
