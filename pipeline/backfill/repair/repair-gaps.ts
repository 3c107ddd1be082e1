import { type Backoff, backoffMs } from '#kernel/time/backoff.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, minutes, seconds } from '#kernel/time/duration.ts'
import { type RepoError, toRepoError } from '#pipeline/backfill/repo-error.ts'
import type { RepairOptions } from './repair-options.ts'
import type { RepairStep } from './repair-step.ts'
import { takeStep } from './take-step.ts'

/** What only tests have a reason to change. */
export interface RepairTuning {
  /** Between looks for gaps, and at how far the backfill has come. */
  readonly look: Duration
  /** After a request or a store that failed. */
  readonly retry: Backoff
}

export const REPAIR_TUNING: RepairTuning = {
  look: seconds(5),
  retry: { base: seconds(1), cap: minutes(2) },
}

/** A step that failed and is tried again after `retryInMs`. */
export interface FailedStep {
  readonly kind: 'failed'
  readonly error: RepoError
  readonly retryInMs: number
}

/** After these there is something to do at once. */
const BUSY: readonly RepairStep['kind'][] = ['begun', 'listed', 'closed', 'broken', 'moved-elsewhere']

/**
 * Repairs the gaps of a relay, and waits for new ones, until the signal aborts: yields every step when it is taken.
 * Whatever fails is tried again, however long it takes.
 */
export async function* repairGaps(
  options: RepairOptions & { readonly tuning?: Partial<RepairTuning> },
  signal: AbortSignal,
): AsyncGenerator<RepairStep | FailedStep> {
  const { look, retry } = { ...REPAIR_TUNING, ...options.tuning }
  let failures = 0
  while (!signal.aborted) {
    try {
      const step = await takeStep(options, signal)
      failures = 0
      yield step
      if (!BUSY.includes(step.kind)) await systemClock.sleep(look, signal)
    } catch (cause) {
      if (signal.aborted) return
      failures += 1
      const error = toRepoError(cause)
      const retryInMs = Math.max(error.retryAfterMs ?? 0, backoffMs(failures, retry, Math.random()))
      yield { kind: 'failed', error, retryInMs }
      await systemClock.sleep(retryInMs, signal).catch(() => {})
    }
  }
}
