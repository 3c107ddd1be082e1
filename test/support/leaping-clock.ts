import type { Clock } from '#kernel/time/clock.ts'

interface Sleeper {
  readonly until: number
  readonly wake: () => void
}

/** A clock that leaps to whoever sleeps the shortest as soon as nothing else is to be done: hours pass in a moment. */
export function leapingClock(start = Date.UTC(2026, 0, 1)): Clock {
  let now = start
  let sleepers: Sleeper[] = []
  let leap: NodeJS.Immediate | null = null

  const leapOn = () => {
    leap = null
    const [first] = sleepers.toSorted((a, b) => a.until - b.until)
    if (!first) return
    now = Math.max(now, first.until)
    sleepers = sleepers.filter((one) => one !== first)
    first.wake()
    if (sleepers.length > 0) leap ??= setImmediate(leapOn)
  }

  return {
    now: () => now,
    sleep(ms, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const sleeper = { until: now + ms, wake: resolve }
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      signal?.addEventListener('abort', () => {
        sleepers = sleepers.filter((one) => one !== sleeper)
        reject(signal.reason as Error)
      })
      sleepers.push(sleeper)
      leap ??= setImmediate(leapOn)
      return promise
    },
  }
}
