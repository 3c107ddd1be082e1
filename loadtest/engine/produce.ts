import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { slotsOf } from '#loadtest/arrivals/slots.ts'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import { openAttemptJournal } from './attempt-journal.ts'
import { entryMaker } from './entry-maker.ts'
import { followArrivals } from './follow-arrivals.ts'
import { createInFlight } from './in-flight.ts'
import { firstSeqOf } from './numbering.ts'
import { type LoadDelivery, openDelivery } from './open-delivery.ts'
import { preciseClock } from './precise-clock.ts'
import type { ProducerEnd, ProducerPlan } from './producer-plan.ts'
import type { SelfWatch } from './self-watch.ts'
import { createWaits } from './waits.ts'

export interface ProduceOptions {
  /** Resolves with the moment at which slot 0 is due, once everybody is ready. */
  readonly begin: () => Promise<number>
  readonly onProgress: (attempted: number, acknowledged: number) => void
  readonly self: SelfWatch
  /** How long what was sent may take to be confirmed once the last arrival is out. */
  readonly drainWithin: Duration
  /** Ends the arrivals; what was taken is still drained, for a short time. */
  readonly signal: AbortSignal
}

/** Entries of about 600 bytes: two calls of 500 under way and one filling. */
const CLOSED_BYTES = 900_000
/** What an open model lets wait for a Redis that stands still, before it waits itself. */
const OPEN_BYTES = 64 * 1_048_576
const DRAIN_AFTER_STOP = seconds(3)

/** Follows its share of the flow's plan into the stream, and keeps the books about it. */
export async function produce(plan: ProducerPlan, options: ProduceOptions): Promise<ProducerEnd> {
  const { flow, share, seed } = plan
  const { signal, self } = options
  using journal = openAttemptJournal(plan.journalPath)
  const redis = await connectRedis(plan.redisUrl, { name: `standpipe-${plan.name}` })
  const kinds = { published: createLatencies(), acknowledged: createLatencies() }
  const waits = { published: createWaits(kinds.published), acknowledged: createWaits(kinds.acknowledged) }
  const inFlight = createInFlight(flow.model === 'closed' ? CLOSED_BYTES : OPEN_BYTES)
  const firstSeq = firstSeqOf(share.index)
  const refusals: Record<string, number> = {}
  const counts = { attempted: 0, acknowledged: 0, rolledBack: 0, late: 0 }

  const giveUp = () => {
    for (const kind of [waits.published, waits.acknowledged]) kind.giveUp(preciseClock.now())
  }
  const delivery = openDelivery({
    ...plan,
    redis,
    onSent: (upTo) => waits.published.settle(upTo, preciseClock.now()),
    onStored(upTo, bytes) {
      waits.acknowledged.settle(upTo, preciseClock.now())
      journal.acknowledged(upTo)
      counts.acknowledged = upTo - firstSeq + 1
      inFlight.remove(bytes)
      options.onProgress(counts.attempted, counts.acknowledged)
    },
    onDoubt: (from, upTo) => journal.doubted(from, upTo),
    onRefused: ({ outcome }) => void (refusals[outcome] = (refusals[outcome] ?? 0) + 1),
    onRolledBack() {
      counts.rolledBack++
      giveUp()
      inFlight.clear()
    },
  })
  try {
    const maker = entryMaker(flow.entries, seed + share.index, firstSeq)
    const startAt = await options.begin()
    self.reset()
    await followArrivals({
      slots: slotsOf({ phases: flow.phases, seed, share }),
      startAt,
      model: flow.model,
      clock: preciseClock,
      signal,
      room: () => inFlight.room(),
      take({ count, phase }, intendedAt, late) {
        const from = firstSeq + counts.attempted
        const upTo = from + count - 1
        const told = flow.phases[phase]?.warmUp !== true
        journal.attempted(from, upTo)
        counts.attempted += count
        for (const wait of [waits.published, waits.acknowledged]) wait.add(upTo, count, intendedAt, told)
        if (told) self.arrived(count, late ? count : 0)
        counts.late += late ? count : 0
        inFlight.add(delivery.add(from, maker.next(count, intendedAt)))
      },
    })
    await drained(delivery, options)
    giveUp()
    const { attempted: events, late } = counts
    if (!signal.aborted) journal.finish({ events, lastSeq: firstSeq + events - 1, late })
    return {
      name: plan.name,
      attempted: counts.attempted,
      acknowledged: counts.acknowledged,
      rolledBack: counts.rolledBack,
      refusals,
      latencies: { published: kinds.published.encode(), acknowledged: kinds.acknowledged.encode() },
    }
  } finally {
    delivery.stop()
    redis.disconnect()
  }
}

/** Waits until all is confirmed, as long as it may take; once told to stop, not much longer. */
async function drained(
  delivery: LoadDelivery,
  { drainWithin, signal }: Pick<ProduceOptions, 'drainWithin' | 'signal'>,
): Promise<void> {
  const patience = new AbortController()
  const late = systemClock.sleep(drainWithin, AbortSignal.any([patience.signal, signal])).catch(() => {})
  const stopped = late.then(() =>
    signal.aborted ? systemClock.sleep(DRAIN_AFTER_STOP, patience.signal) : undefined,
  )
  await Promise.race([delivery.drain(), stopped.catch(() => {})])
  patience.abort()
}
