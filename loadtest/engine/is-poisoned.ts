/** Whether the entry of this sequence is one that nobody can read; follows from the sequence alone. */
export function isPoisoned(seq: number, share: number): boolean {
  if (share === 0) return false
  let hash = Math.imul(seq ^ (seq / 2 ** 32), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 < share
}
