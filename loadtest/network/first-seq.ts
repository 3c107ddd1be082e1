/** No sequence of ours is older than this. */
const EPOCH = Date.UTC(2026, 0, 1)

/** More than any source of frames makes up in a second. */
const PER_SECOND = 100_000

/**
 * A sequence beyond all that a relay which was started before this moment can have given out, so that cursors of its
 * subscribers stay good: a relay that is started again has no memory. It stays below 2^53 for two thousand years.
 */
export function firstSeqAt(nowMs: number): number {
  return Math.max(1, Math.floor((nowMs - EPOCH) / 1_000) * PER_SECOND)
}
