import type { Latencies } from '#loadtest/latency/latencies.ts'
import type { StreamEvent } from '#pipeline/contract.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import { preciseClock } from './precise-clock.ts'
import type { SeenEntries } from './seen-entries.ts'

/** One flow as the consumers of a group get it. */
export interface ObservedFlow {
  readonly stream: string
  readonly flow: number
  readonly seen: SeenEntries
  /** Milliseconds since the Unix epoch. */
  readonly toldFrom: number
  readonly delivered: Latencies
  readonly committed: Latencies
  readonly claimed: Latencies
}

/** The time that an entry carries is the one at which it was meant to come. */
export function tell(latencies: Latencies, time: string, toldFrom: number): void {
  const intendedAt = Date.parse(time)
  if (intendedAt >= toldFrom) latencies.record(preciseClock.now() - intendedAt)
}

/** Looks at every entry as it is handed over; reads it as the dialect does. */
export function observing(
  dialect: Dialect,
  { seen, delivered, claimed, toldFrom }: ObservedFlow,
  startAt: number,
  counts: { redelivered: number },
): Dialect {
  const observe = ({ seq, time }: StreamEvent) => {
    const atMs = preciseClock.now() - startAt
    const before = seen.delivered(seq, atMs)
    if (before === null) return tell(delivered, time, toldFrom)
    counts.redelivered++
    return claimed.record(atMs - before)
  }
  return {
    ...dialect,
    decode(id, fields) {
      const reading = dialect.decode(id, fields)
      for (const event of reading.events) observe(event)
      return reading
    },
  }
}
