import { type Backoff, backoffMs } from '#kernel/time/backoff.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { milliseconds, seconds } from '#kernel/time/duration.ts'

export interface RetryOptions {
  /** Ends the retries; they reject with its reason. */
  readonly signal: AbortSignal
  /** Hears of every failure before the next try; throws to give up. */
  readonly onFailure: (error: Error, attempt: number) => void
}

/** Between tries of whatever a consumer does with Redis or its sink. */
export const CONSUMER_BACKOFF: Backoff = { base: milliseconds(50), cap: seconds(5) }

/** Tries until it works, ever more slowly, so that an outage is neither an error nor a hot loop. */
export async function retry<T>(attempt: () => Promise<T>, { signal, onFailure }: RetryOptions): Promise<T> {
  for (let failures = 0; ; ) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      failures += 1
      onFailure(error as Error, failures)
      await systemClock.sleep(backoffMs(failures, CONSUMER_BACKOFF, Math.random()), signal)
    }
  }
}
