import type { Clock } from './clock.ts'
import type { Duration } from './duration.ts'

/** Calls `then` once the time is over, unless what it returns is called first. */
export function startTimer(clock: Clock, after: Duration, then: () => void): () => void {
  const cancelled = new AbortController()
  clock.sleep(after, cancelled.signal).then(then, () => {})
  return () => cancelled.abort()
}
