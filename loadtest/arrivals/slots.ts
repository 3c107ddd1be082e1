import { seededRandom } from '#loadtest/network/random.ts'
import type { Phase } from './phase.ts'
import { poisson } from './poisson.ts'
import { rateAt } from './shape.ts'

/** What arrives within one millisecond. */
export interface Slot {
  /** Milliseconds since the run began. */
  readonly atMs: number
  readonly count: number
  /** Which phase, by its place. */
  readonly phase: number
}

/** Who of several producers follows the plan; together they make all of it. */
export interface Share {
  readonly index: number
  readonly of: number
}

export interface Schedule {
  readonly phases: readonly Phase[]
  readonly seed: number
  readonly share: Share
}

const SLOTS_PER_SECOND = 1_000

/**
 * The plan of arrivals, millisecond by millisecond; empty ones are left out. The same schedule gives the same
 * slots. Rates are taken in the middle of each millisecond, and what is less than an event is carried on.
 */
export function* slotsOf({ phases, seed, share: { index, of } }: Schedule): Generator<Slot> {
  const random = seededRandom(seed + index)
  let carried = index / of
  let beganAt = 0
  for (const [place, { lasts, arrivals, spread }] of phases.entries()) {
    const slots = Math.round(lasts * SLOTS_PER_SECOND)
    for (let slot = 0; slot < slots; slot++) {
      const mean = rateAt(arrivals, (slot + 0.5) / SLOTS_PER_SECOND, lasts) / SLOTS_PER_SECOND / of
      carried += spread === 'poisson' ? poisson(mean, random) : mean
      const count = Math.floor(carried)
      carried -= count
      if (count > 0) yield { atMs: beganAt + slot, count, phase: place }
    }
    beganAt += slots
  }
}

/** How many events the schedule makes in all. */
export function countArrivals(schedule: Schedule): number {
  let events = 0
  for (const { count } of slotsOf(schedule)) events += count
  return events
}
