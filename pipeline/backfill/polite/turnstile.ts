import { systemClock } from '#kernel/time/clock.ts'
import type { Duration } from '#kernel/time/duration.ts'
import { createWaiter, type Waiter } from './waiter.ts'

/** Lets so many in at a time, one after the other, in the order in which they came. */
export interface Turnstile {
  /** True when nobody is inside or waits, and who comes now is let in at once. */
  readonly isIdle: boolean
  /** Resolves when it is our turn; disposing of the result ends it. Rejects with the signal's reason. */
  enter(signal: AbortSignal): Promise<Disposable>
  /** Lets nobody in for so long. */
  coolDown(duration: Duration): void
}

export interface TurnstileOptions {
  /** Most that are inside at once. */
  readonly width: number
  /** Least time between two who enter. */
  readonly spacing: Duration
}

export function createTurnstile({ width, spacing }: TurnstileOptions): Turnstile {
  const waiting = new Set<Waiter>()
  let inside = 0
  let opensAt = 0
  let timer: NodeJS.Timeout | null = null

  const admit = () => {
    for (const first of waiting) {
      if (inside >= width) return
      const wait = opensAt - systemClock.now()
      if (wait > 0) return admitLater(wait)
      opensAt = systemClock.now() + spacing
      inside += 1
      waiting.delete(first)
      first.admit()
    }
  }
  const admitLater = (wait: Duration) => {
    timer ??= setTimeout(() => {
      timer = null
      admit()
    }, wait)
  }

  return {
    get isIdle() {
      return inside === 0 && waiting.size === 0 && opensAt <= systemClock.now()
    },
    async enter(signal) {
      signal.throwIfAborted()
      const one = createWaiter(signal, () => waiting.delete(one))
      waiting.add(one)
      admit()
      await one.admitted
      let isInside = true
      return {
        [Symbol.dispose]() {
          if (!isInside) return
          isInside = false
          inside -= 1
          admit()
        },
      }
    },
    coolDown(duration) {
      opensAt = Math.max(opensAt, systemClock.now() + duration)
    },
  }
}
