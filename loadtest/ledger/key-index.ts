/** Keys and the order in which they came, without the keys: 64 bits of hash each. */
export interface KeyIndex {
  readonly size: number
  /** The place of the key, a new one when it is not in yet. */
  add(key: string): number
  /** The place of the key, or -1. */
  find(key: string): number
}

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const OTHER_PRIME = 0x5bd1e995

/**
 * Open addressing in typed arrays: about 20 bytes a key, against 150 for a `Map` of strings. Among 3 million
 * keys, two share a hash with a probability of 2.5e-7; the journal would then seem to repeat an event, which
 * makes the verdict `unknown`, not wrong.
 */
export function createKeyIndex(expected = 1_024): KeyIndex {
  let capacity = 2 ** Math.ceil(Math.log2(Math.max(1_024, expected * 1.6)))
  let high = new Uint32Array(capacity)
  let low = new Uint32Array(capacity)
  let places = new Uint32Array(capacity)
  let size = 0
  let hashHigh = 0
  let hashLow = 0

  const hash = (key: string) => {
    let a = FNV_OFFSET
    let b = key.length
    for (let at = 0; at < key.length; at++) {
      const code = key.charCodeAt(at)
      a = Math.imul(a ^ code, FNV_PRIME)
      b = Math.imul(b ^ code, OTHER_PRIME)
      b ^= b >>> 15
    }
    hashHigh = avalanche(a)
    hashLow = avalanche(b ^ hashHigh)
  }
  /** The slot that holds the hashed key, or the free one where it belongs. A free slot has place 0. */
  const slotOf = () => {
    let slot = hashLow & (capacity - 1)
    while (places[slot] !== 0 && (high[slot] !== hashHigh || low[slot] !== hashLow)) {
      slot = (slot + 1) & (capacity - 1)
    }
    return slot
  }
  const put = (place: number) => {
    const slot = slotOf()
    high[slot] = hashHigh
    low[slot] = hashLow
    places[slot] = place
  }
  const grow = () => {
    const before = { high, low, places }
    capacity *= 2
    high = new Uint32Array(capacity)
    low = new Uint32Array(capacity)
    places = new Uint32Array(capacity)
    for (const [slot, place] of before.places.entries()) {
      if (place === 0) continue
      hashHigh = before.high[slot] ?? 0
      hashLow = before.low[slot] ?? 0
      put(place)
    }
  }
  return {
    get size() {
      return size
    },
    find(key) {
      hash(key)
      return (places[slotOf()] ?? 0) - 1
    },
    add(key) {
      if (size >= capacity * 0.7) grow()
      hash(key)
      const slot = slotOf()
      const place = places[slot] ?? 0
      if (place !== 0) return place - 1
      put(++size)
      return size - 1
    },
  }
}

/** Spreads every bit of a hash over all of its bits. */
function avalanche(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
