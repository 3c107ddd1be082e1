import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, milliseconds, seconds } from '#kernel/time/duration.ts'

export interface RetryOptions {
  /** Ends the retries; they reject with its reason. */
  readonly signal: AbortSignal
  /** Hears of every failure before the next try; throws to give up. */
  readonly onFailure: (error: Error, attempt: number) => void
}

/** Tries until it works, ever more slowly, so that an outage is neither an error nor a hot loop. */
export async function retry<T>(attempt: () => Promise<T>, { signal, onFailure }: RetryOptions): Promise<T> {
  for (let failures = 0; ; ) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      failures += 1
      onFailure(error as Error, failures)
      await systemClock.sleep(backoff(failures), signal)
    }
  }
}

/** Doubles from 50 ms to 5 s; up to a quarter is taken off by chance, so that consumers do not come back in step. */
export function backoff(failures: number): Duration {
  const most = Math.min(milliseconds(50) * 2 ** Math.min(failures - 1, 10), seconds(5))
  return most * (1 - Math.random() / 4)
}
