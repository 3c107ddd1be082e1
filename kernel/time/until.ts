import { systemClock } from './clock.ts'
import type { Duration } from './duration.ts'

export interface UntilOptions {
  readonly within: Duration
  /** What is awaited, as a noun phrase; it is named when the deadline passes. */
  readonly what: string
  readonly every?: Duration
  readonly signal?: AbortSignal
}

/**
 * Polls `probe` until it returns something other than `null`, `undefined` or `false`, and returns that.
 * Throws when the deadline passes first, with the last error of the probe as cause. Waiting for a state
 * instead of sleeping for a time is what keeps tests and drills free of luck.
 */
export async function until<T>(
  probe: () => T | Promise<T>,
  { within, what, every = 25, signal }: UntilOptions,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = systemClock.now() + within
  let cause: unknown
  for (;;) {
    signal?.throwIfAborted()
    try {
      const found = await probe()
      if (found !== null && found !== undefined && found !== false) {
        return found as Exclude<T, null | undefined | false>
      }
      cause = undefined
    } catch (error) {
      cause = error
    }
    if (systemClock.now() >= deadline) throw new Error(`no ${what} within ${within} ms`, { cause })
    await systemClock.sleep(every, signal)
  }
}
