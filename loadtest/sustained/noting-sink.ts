import type { Latencies } from '#loadtest/latency/latencies.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import { FIRST_SEQ } from './consumers-plan.ts'

/** A sink that notes which sequences it was given, as stretches, and keeps nothing else. */
export interface NotingSink extends Sink {
  /** Stretches since the last call, both ends included, counted from 1. */
  take(): (readonly [first: number, last: number])[]
}

/** `now` in milliseconds since the Unix epoch, with which the times that entries carry are compared. */
export function notingSink(waits: Latencies, now: () => number): NotingSink {
  let stretches: [number, number][] = []
  const note = (seq: number) => {
    const last = stretches.at(-1)
    if (last && seq === last[1] + 1) last[1] = seq
    else stretches.push([seq, seq])
  }
  return {
    lanes: 1,
    async commit({ entries }) {
      const at = now()
      for (const { event } of entries) {
        if (event.type === 'label') continue
        note(event.seq - FIRST_SEQ + 1)
        waits.record(at - Date.parse(event.time))
      }
      return entries.map(() => true)
    },
    take() {
      const taken = stretches
      stretches = []
      return taken
    },
    position: async () => null,
    isRefusal: () => false,
    ping: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}
