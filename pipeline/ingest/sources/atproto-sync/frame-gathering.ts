import type { Event } from '@atproto/sync'

/** Puts events together again that came in one frame. */
export interface FrameGathering {
  /** Of the frame that is being gathered; `null` between two. */
  readonly seq: number | null
  take(event: Event): void
  /** Hands over what has been gathered. */
  flush(): void
  /** Forgets it. */
  clear(): void
}

/**
 * The reference client tells the ops of a commit one by one, and not which is the last; it tells them without waiting
 * for anything but us. So a frame ends with the next sequence, or with the turn of the event loop.
 */
export function createFrameGathering(
  onFrame: (events: readonly [Event, ...Event[]]) => void,
): FrameGathering {
  let open: [Event, ...Event[]] | null = null
  let end: NodeJS.Immediate | null = null
  const clear = () => {
    if (end) clearImmediate(end)
    open = end = null
  }
  const flush = () => {
    const whole = open
    clear()
    if (whole) onFrame(whole)
  }
  return {
    get seq() {
      return open?.[0].seq ?? null
    },
    take(event) {
      if (open && open[0].seq === event.seq) open.push(event)
      else {
        flush()
        open = [event]
      }
      end ??= setImmediate(flush)
    },
    flush,
    clear,
  }
}
