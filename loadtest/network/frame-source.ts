import { isStreamEvent, type JournalEvent } from './journal-event.ts'

/** A frame ready to be sent, and the events that it carries. */
export interface RelayFrame {
  readonly seq: number
  readonly bytes: Uint8Array
  readonly events: readonly JournalEvent[]
}

/** Where a relay takes its frames from. */
export interface FrameSource {
  /**
   * The next frame, with at most `mostEvents` stream events in it where the source can choose; `null` when there
   * is none left.
   */
  next(mostEvents: number): RelayFrame | null
}

/** A source that plays the given frames once, in their order. */
export function frameSource(frames: Iterable<RelayFrame>): FrameSource {
  const iterator = frames[Symbol.iterator]()
  return {
    next() {
      const { value, done } = iterator.next()
      return done ? null : value
    },
  }
}

/** How many stream events a frame carries: what `--events` and `--rate` count. */
export function streamEventsIn({ events }: RelayFrame): number {
  return events.filter(isStreamEvent).length
}
