import type { Phase } from '#loadtest/arrivals/phase.ts'
import { rateAt } from '#loadtest/arrivals/shape.ts'

/**
 * How many events are due by so many milliseconds after the start, fractions included. Asked again and again with
 * a time that never goes back.
 */
export type Pace = (elapsedMs: number) => number

/** As many in every second. */
export function steadyPace(perSecond: number): Pace {
  return (elapsedMs) => (Math.max(0, elapsedMs) * perSecond) / 1_000
}

/** Follows the phases, and begins anew when they are over: a day after a day. Rates are those of each millisecond. */
export function pacedBy(phases: readonly [Phase, ...Phase[]]): Pace {
  let place = 0
  let within = 0
  let counted = 0
  let due = 0
  return (elapsedMs) => {
    for (; counted < Math.floor(elapsedMs); counted += 1) {
      const { arrivals, lasts } = phases[place] ?? phases[0]
      due += rateAt(arrivals, (within + 0.5) / 1_000, lasts) / 1_000
      within += 1
      if (within < lasts * 1_000) continue
      within = 0
      place = (place + 1) % phases.length
    }
    return due
  }
}
