/** Sequences of one flow: each producer counts in a range of its own, so that a sequence names one entry. */
export interface Numbering {
  /** How many events each producer sends at most. */
  readonly shares: readonly number[]
}

const FIRST_SEQ = 10_000_000_000
const RANGE = 1_000_000_000_000

/** The sequence of a producer's first event. */
export function firstSeqOf(producer: number): number {
  return FIRST_SEQ + producer * RANGE
}

/** Which producer made it. */
export function producerOf(seq: number): number {
  return Math.floor((seq - FIRST_SEQ) / RANGE)
}

/** The place of a sequence among all of its flow, from 0; -1 for one that none of the producers can have made. */
export function placeOf(seq: number, { shares }: Numbering): number {
  const producer = producerOf(seq)
  const within = seq - firstSeqOf(producer)
  const share = shares[producer]
  if (share === undefined || within >= share) return -1
  let before = 0
  for (let other = 0; other < producer; other++) before += shares[other] ?? 0
  return before + within
}

/** Events of all producers together. */
export function eventsIn({ shares }: Numbering): number {
  return shares.reduce((sum, share) => sum + share, 0)
}
