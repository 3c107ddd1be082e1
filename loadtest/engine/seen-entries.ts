import { eventsIn, type Numbering, placeOf } from './numbering.ts'

/** What one group has seen of one flow, in memory that its threads share. */
export interface SeenEntries {
  /** Plain data for another thread, which opens the same memory with `openSeenEntries`. */
  readonly shared: SharedSeen
  /** Notes a delivery at `atMs` of the run; returns when the one before was, `null` when this is the first. */
  delivered(seq: number, atMs: number): number | null
  /** Whether this commit is the entry's first: what makes the sink idempotent, as a real one must be. */
  commit(seq: number): boolean
}

export interface SharedSeen {
  readonly numbering: Numbering
  readonly deliveredAt: SharedArrayBuffer
  readonly committed: SharedArrayBuffer
}

/** Bytes of memory for each event of a flow and each group. */
export const SEEN_BYTES = Uint32Array.BYTES_PER_ELEMENT + Uint8Array.BYTES_PER_ELEMENT

export function createSeenEntries(numbering: Numbering): SeenEntries {
  const events = eventsIn(numbering)
  return openSeenEntries({
    numbering,
    deliveredAt: new SharedArrayBuffer(events * Uint32Array.BYTES_PER_ELEMENT),
    committed: new SharedArrayBuffer(events),
  })
}

export function openSeenEntries(shared: SharedSeen): SeenEntries {
  const deliveredAt = new Uint32Array(shared.deliveredAt)
  const committed = new Uint8Array(shared.committed)
  return {
    shared,
    delivered(seq, atMs) {
      const place = placeOf(seq, shared.numbering)
      if (place < 0) return null
      // 0 is not yet delivered, so every time is one more than it is.
      const before = Atomics.exchange(deliveredAt, place, Math.max(0, Math.round(atMs)) + 1)
      return before === 0 ? null : before - 1
    },
    commit(seq) {
      const place = placeOf(seq, shared.numbering)
      return place < 0 || Atomics.exchange(committed, place, 1) === 0
    },
  }
}
