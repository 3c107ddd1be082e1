import type { Log } from '#kernel/log/log.ts'
import type { IndexMeter } from './index-meter.ts'
import { retry } from './retry.ts'

export interface RetryingRedisOptions {
  readonly meter: IndexMeter
  readonly log: Log
  /** Ends the retries; they reject with its reason. */
  readonly signal: AbortSignal
}

/** Tries a command, or several, until Redis has taken it. Only for what may be done twice. */
export function retryingRedis({ meter, log, signal }: RetryingRedisOptions) {
  return <T>(attempt: () => Promise<T>): Promise<T> =>
    retry(attempt, {
      signal,
      onFailure(error, failures) {
        meter.count('redisErrors')
        log.warn({ error: error.message, failures }, 'cannot acknowledge; trying again')
      },
    })
}
