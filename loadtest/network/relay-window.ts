import type { RelayFrame } from './frame-source.ts'

/**
 * The newest frames of a relay, bounded in bytes. A frame keeps its position for ever; positions before `first`
 * have left the window.
 */
export interface RelayWindow {
  readonly first: number
  /** One past the newest frame. */
  readonly end: number
  /** Sequence of the newest frame ever pushed; 0 before the first. */
  readonly lastSeq: number
  /** Highest sequence that has left the window; 0 while none has. */
  readonly goneSeq: number
  push(frame: RelayFrame): void
  at(position: number): RelayFrame | undefined
  /** Where to begin in order to get everything beyond `seq` that is still here. */
  after(seq: number): number
  /** Bytes between a position and the end. */
  bytesFrom(position: number): number
}

interface Held {
  readonly frame: RelayFrame
  /** Bytes of all frames ever pushed, this one included. */
  readonly endsAt: number
}

const COMPACT_AT = 4_096

export function relayWindow(mostBytes: number): RelayWindow {
  let held: Held[] = []
  let gone = 0
  let base = 0
  let total = 0
  let lastSeq = 0
  let goneSeq = 0

  const at = (position: number) => held[position - base]
  const startOf = (one: Held) => one.endsAt - one.frame.bytes.length

  function evict(): void {
    for (let oldest = held[gone]; oldest && held.length - gone > 1; oldest = held[gone]) {
      if (total - startOf(oldest) <= mostBytes) break
      goneSeq = Math.max(goneSeq, oldest.frame.seq)
      gone += 1
    }
    if (gone < COMPACT_AT || gone * 2 < held.length) return
    held = held.slice(gone)
    base += gone
    gone = 0
  }

  return {
    get first() {
      return base + gone
    },
    get end() {
      return base + held.length
    },
    get lastSeq() {
      return lastSeq
    },
    get goneSeq() {
      return goneSeq
    },
    push(frame) {
      total += frame.bytes.length
      held.push({ frame, endsAt: total })
      lastSeq = Math.max(lastSeq, frame.seq)
      evict()
    },
    at: (position) => (position < base + gone ? undefined : at(position)?.frame),
    after(seq) {
      let low = base + gone
      let high = base + held.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((at(middle)?.frame.seq ?? Infinity) <= seq) low = middle + 1
        else high = middle
      }
      return low
    },
    bytesFrom(position) {
      const next = at(Math.max(position, base + gone))
      return next ? total - startOf(next) : 0
    },
  }
}
