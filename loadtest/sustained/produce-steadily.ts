import type { Redis } from 'ioredis'
import { slotsOf } from '#loadtest/arrivals/slots.ts'
import { followArrivals } from '#loadtest/engine/follow-arrivals.ts'
import { createInFlight } from '#loadtest/engine/in-flight.ts'
import { openDelivery } from '#loadtest/engine/open-delivery.ts'
import { preciseClock } from '#loadtest/engine/precise-clock.ts'
import type { SelfWatch } from '#loadtest/engine/self-watch.ts'
import { createWaits } from '#loadtest/engine/waits.ts'
import type { Latencies } from '#loadtest/latency/latencies.ts'
import { entrySource } from '#loadtest/network/entries/entry-source.ts'
import { FIRST_SEQ } from './consumers-plan.ts'
import type { SustainedPlan } from './sustained-plan.ts'

export interface ProduceOptions {
  readonly redis: Redis
  readonly stream: string
  readonly cursor: string
  readonly waits: Latencies
  readonly self: SelfWatch
  /** Ends the arrivals. */
  readonly signal: AbortSignal
}

/** Arrivals on their way into the stream. */
export interface Producer extends Disposable {
  /** Highest sequence sent, and confirmed, counted from 1. */
  readonly attempted: number
  readonly acknowledged: number
  /** Milliseconds since the Unix epoch at which the first was due. */
  readonly startAt: number
  /** Resolves when the last arrival is out. */
  readonly sent: Promise<void>
  /** Resolves when everything is confirmed, for as long as that takes. */
  drain(): Promise<void>
}

/** What may pile up in the stream when its readers stand still, in seconds of events and in events. */
const HELD_SECONDS = 300
const FEWEST_HELD = 100_000

/** What waits for a Redis that stands still, in bytes, before the arrivals wait themselves. */
const MOST_WAITING = 64 * 1_048_576

/** Follows the clock at the rate of the plan, through the delivery of the product. */
export function produceSteadily(plan: SustainedPlan, options: ProduceOptions): Producer {
  const { redis, stream, cursor, self, signal } = options
  const counts = { attempted: 0, acknowledged: 0 }
  const waits = createWaits(options.waits)
  const inFlight = createInFlight(MOST_WAITING)
  let now = preciseClock.now()
  const entries = entrySource(plan.seed, { now: () => now, firstSeq: FIRST_SEQ })
  const delivery = openDelivery({
    redis,
    stream,
    cursor,
    highWater: Math.max(FEWEST_HELD, plan.rate * HELD_SECONDS),
    onSent() {},
    onStored(upTo, bytes) {
      waits.settle(upTo, preciseClock.now())
      counts.acknowledged = upTo - FIRST_SEQ + 1
      inFlight.remove(bytes)
    },
    onRefused() {},
    // What Redis forgot after confirming it is lost here, where no relay sends it again: the ledger finds it missing.
    onRolledBack() {
      waits.giveUp(preciseClock.now())
      inFlight.clear()
    },
    onDoubt() {},
  })
  const over = new AbortController()
  const startAt = preciseClock.now()
  const arrivals = { shape: 'constant', rate: plan.rate } as const
  const phase = {
    name: 'load',
    lasts: plan.lastsMs / 1_000,
    arrivals,
    spread: 'poisson',
    warmUp: false,
  } as const
  self.reset()
  const sent = followArrivals({
    slots: slotsOf({ phases: [phase], seed: plan.seed, share: { index: 0, of: 1 } }),
    startAt,
    model: 'open',
    clock: preciseClock,
    signal: AbortSignal.any([signal, over.signal]),
    room: () => inFlight.room(),
    take({ count }, intendedAt, late) {
      const from = FIRST_SEQ + counts.attempted
      counts.attempted += count
      waits.add(from + count - 1, count, intendedAt, true)
      self.arrived(count, late ? count : 0)
      now = intendedAt
      inFlight.add(delivery.add(from, entries.next(count)))
    },
  })
  return {
    get attempted() {
      return counts.attempted
    },
    get acknowledged() {
      return counts.acknowledged
    },
    startAt,
    sent,
    drain: () => delivery.drain(),
    [Symbol.dispose]() {
      over.abort()
      delivery.stop()
    },
  }
}
