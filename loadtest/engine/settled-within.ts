import { systemClock } from '#kernel/time/clock.ts'
import type { Duration } from '#kernel/time/duration.ts'

/** Whether the promise is settled by then; its own outcome is left to whoever awaits it. */
export async function settledWithin(promise: Promise<unknown>, within: Duration): Promise<boolean> {
  const patience = new AbortController()
  const settled = promise.then(
    () => true,
    () => true,
  )
  const late = systemClock.sleep(within, patience.signal).then(
    () => false,
    () => false,
  )
  try {
    return await Promise.race([settled, late])
  } finally {
    patience.abort()
  }
}
