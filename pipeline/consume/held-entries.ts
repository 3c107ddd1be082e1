import type { EntryContent } from './entry-content.ts'

/** An entry in this process: delivered to us, and neither acknowledged nor given up. */
export interface Held {
  readonly content: { readonly id: string }
  /** Milliseconds since the epoch. */
  readonly since: number
}

export interface HeldEntry extends Held {
  readonly content: EntryContent
  /** True from when its commit began: from then on it can no longer be given up. */
  committing: boolean
}

/** Every entry that this process holds, by ID. Its size is what bounds the memory of the consumer. */
export interface HeldEntries<Entry extends Held = HeldEntry> {
  readonly size: number
  get(id: string): Entry | undefined
  has(id: string): boolean
  add(entry: Entry): void
  release(ids: readonly string[]): void
  entries(): Iterable<readonly [id: string, entry: Entry]>
  /** Resolves once no more than `limit` are held; rejects with the signal's reason when that comes first. */
  atMost(limit: number, signal: AbortSignal): Promise<void>
}

export function heldEntries<Entry extends Held = HeldEntry>(): HeldEntries<Entry> {
  const held = new Map<string, Entry>()
  let released = Promise.withResolvers<void>()
  return {
    get size() {
      return held.size
    },
    get: (id) => held.get(id),
    has: (id) => held.has(id),
    add: (entry) => void held.set(entry.content.id, entry),
    release(ids) {
      for (const id of ids) held.delete(id)
      released.resolve()
      released = Promise.withResolvers()
    },
    entries: () => held.entries(),
    async atMost(limit, signal) {
      signal.throwIfAborted()
      if (held.size <= limit) return
      const aborted = Promise.withResolvers<never>()
      const abort = () => aborted.reject(signal.reason)
      signal.addEventListener('abort', abort)
      try {
        while (held.size > limit) await Promise.race([released.promise, aborted.promise])
      } finally {
        signal.removeEventListener('abort', abort)
      }
    },
  }
}
