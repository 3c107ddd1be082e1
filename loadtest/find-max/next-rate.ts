/** One rate that was tried, and whether it held. */
export interface Tried {
  readonly rate: number
  readonly held: boolean
}

export interface Search {
  /** Where it begins, and beyond which nothing is tried. */
  readonly from: number
  readonly upTo: number
  /** The answer is good enough once the highest rate that held is within this share of the lowest that did not. */
  readonly within: number
}

/**
 * The rate to try next, `null` when the answer is found: doubles until a rate does not hold, or halves until one
 * does, then halves the distance between the two.
 */
export function nextRate(tried: readonly Tried[], { from, upTo, within }: Search): number | null {
  if (tried.length === 0) return Math.min(from, upTo)
  const best = highestHeld(tried)
  const worst = lowestFailed(tried)
  if (worst === null) return best !== null && best < upTo ? Math.min(best * 2, upTo) : null
  if (best === null) return worst > 1 ? Math.floor(worst / 2) : null
  const middle = Math.round((best + worst) / 2)
  const isCloseEnough = worst - best <= worst * within || middle <= best || middle >= worst
  return isCloseEnough ? null : middle
}

/** Below every rate that did not hold: a rate that held above one that did not was luck. */
export function highestHeld(tried: readonly Tried[]): number | null {
  const worst = lowestFailed(tried) ?? Infinity
  const held = tried.filter((one) => one.held && one.rate < worst).map(({ rate }) => rate)
  return held.length > 0 ? Math.max(...held) : null
}

export function lowestFailed(tried: readonly Tried[]): number | null {
  const failed = tried.filter(({ held }) => !held).map(({ rate }) => rate)
  return failed.length > 0 ? Math.min(...failed) : null
}
