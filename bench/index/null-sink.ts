import type { Sink } from '#pipeline/sinks/sink.ts'

/** A sink that takes everything and keeps nothing: what is left is the price of reading and acknowledging. */
export function nullSink(): Sink {
  return {
    lanes: 1,
    commit: async ({ entries }) => entries.map(() => true),
    position: async () => null,
    isRefusal: () => false,
    ping: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}
