/** Events per second of the whole network: an ordinary peak, and the highest seen for long. */
export const KNOWN_RATES: readonly number[] = [600, 2_000]

/** Shorter than this, and one night's outage of an indexer outlives the buffer. */
export const HOURS_WANTED = { warnBelow: 8, failBelow: 1 }
