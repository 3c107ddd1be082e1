import type { Latencies } from '#loadtest/latency/latencies.ts'

/** Who waits, and since when: events in the order of their sequences, until they are through. */
export interface Waits {
  /** `intendedAt` on any clock in milliseconds; what is not `told` leaves no latency, as in a warm-up. */
  add(upTo: number, count: number, intendedAt: number, told: boolean): void
  /** Everything up to this sequence is through now; each wait is recorded once, however often this is said. */
  settle(upTo: number, now: number): void
  /**
   * Nobody waits any longer: whoever is not through is recorded with what he has waited. A wait that was left out
   * because it never ended would make the others look fast.
   */
  giveUp(now: number): void
}

interface Wait {
  readonly upTo: number
  readonly count: number
  readonly intendedAt: number
  readonly told: boolean
}

export function createWaits(latencies: Latencies): Waits {
  let waiting: Wait[] = []
  let head = 0
  let settled = -1
  const tell = ({ upTo, count, intendedAt, told }: Wait, through: number, now: number) => {
    const before = Math.max(settled, upTo - count)
    if (told && through > before) latencies.record(now - intendedAt, through - before)
  }
  return {
    add: (upTo, count, intendedAt, told) => void waiting.push({ upTo, count, intendedAt, told }),
    settle(upTo, now) {
      for (let wait = waiting[head]; wait; wait = waiting[head]) {
        tell(wait, Math.min(wait.upTo, upTo), now)
        if (wait.upTo > upTo) break
        head++
      }
      settled = Math.max(settled, upTo)
      if (head < 10_000) return
      waiting = waiting.slice(head)
      head = 0
    },
    giveUp(now) {
      for (const wait of waiting.slice(head)) tell(wait, wait.upTo, now)
      settled = Math.max(settled, waiting.at(-1)?.upTo ?? settled)
      waiting = []
      head = 0
    },
  }
}
