import type { Redis } from 'ioredis'
import type { Log } from '#kernel/log/log.ts'
import { type Backoff, backoffMs } from '#kernel/time/backoff.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { acknowledgeAndCount } from '#pipeline/accounting/acknowledge-and-count.ts'
import type { BackfillMeter } from '#pipeline/backfill/backfill-meter.ts'
import type { ResolveIdentity } from '#pipeline/backfill/identity/resolve-identity.ts'
import type { Output } from '#pipeline/backfill/output.ts'
import type { RepoEntry } from '#pipeline/backfill/parse-repo-entry.ts'
import { toRepoError } from '#pipeline/backfill/repo-error.ts'
import type { Membership } from '#pipeline/consume/membership.ts'
import { type Failure, moveToDeadLetters } from '#pipeline/consume/move-to-dead-letters.ts'
import { retry } from '#pipeline/consume/retry.ts'
import { type RepairOutcome, type RepoFailureReason, repairTallyField } from '#pipeline/contract.ts'
import type { AttemptRepo } from './attempt-repo.ts'
import type { HeldRepo } from './held-repo.ts'

export interface SettleOptions {
  readonly membership: Membership
  readonly redis: Redis
  readonly resolve: ResolveIdentity
  readonly attempt: AttemptRepo
  readonly output: Output
  /** Times that a repo may fail for reasons that may pass. */
  readonly attempts: number
  readonly retry: Backoff
  readonly meter: BackfillMeter
  readonly log: Log
  /** Nothing is begun any more once it aborts. */
  readonly closing: AbortSignal
  /** Nothing is gone on with once it aborts. */
  readonly halt: AbortSignal
}

/**
 * Brings a repo to its end: acknowledged after all of it is stored over one connection, or moved to the dead letters. Rejects with the
 * reason of a signal when that came first; then the entry stays pending, and whoever reads it begins anew.
 */
export type SettleRepo = (repo: HeldRepo) => Promise<void>

export function createSettle(options: SettleOptions): SettleRepo {
  const { membership, redis, resolve, attempt, output, attempts, meter, log, closing, halt } = options

  const deadLetter = async (
    failure: Failure & { readonly reason: RepoFailureReason },
    tally: string | null,
    signal: AbortSignal,
  ) => {
    const { moved, lost } = await retry(() => moveToDeadLetters(redis, membership, [failure], tally), {
      signal,
      onFailure(error, failures) {
        meter.count('redisErrors')
        log.warn({ error: error.message, failures }, 'cannot move a repo to the dead letters; trying again')
      },
    })
    meter.count('lostBodies', lost)
    if (moved === 0) return
    meter.countOutcome('dead-letter')
    meter.countDeadLetter(failure.reason)
    log.warn(failure, 'moved a repo to the dead letters')
  }

  /**
   * Acknowledges unless the connection has ended since the repo was begun: then part of it may be forgotten. The
   * look and the command go out in one turn, so no other connection can come between them.
   */
  const acknowledge = async ({ id, round }: Wanted, breaksBefore: number): Promise<boolean> => {
    if (output.breaks !== breaksBefore) return false
    try {
      await acknowledgeAndCount(redis, membership, [id], 'acknowledged', tallyOf(round, 'fetched'))
      return true
    } catch (error) {
      meter.count('redisErrors')
      log.warn({ id, error: (error as Error).message }, 'cannot acknowledge a repo; storing it again')
      return false
    }
  }

  /** Resolves with what failed, and whether it may pass; with `null` once the repo is stored. */
  const tryOnce = async (did: string, fresh: boolean, signal: AbortSignal) => {
    let isCached = false
    try {
      const resolved = await resolve(did, fresh, signal)
      isCached = resolved.isCached
      return { outcome: await attempt(resolved, signal), failure: null, mayPass: true }
    } catch (error) {
      if (signal.aborted || error === closing.reason) throw error
      const failure = toRepoError(error)
      meter.countFailure(failure.reason)
      // What was remembered of the account may be what is wrong: no verdict before its document is read again.
      return { outcome: null, failure, mayPass: failure.isTransient || isCached }
    }
  }

  /** Tries until it is stored and acknowledged; resolves with the failure that is one too many. */
  const tryOften = async (wanted: Wanted, signal: AbortSignal) => {
    const { id, did, round } = wanted
    const waiting = AbortSignal.any([signal, closing])
    let failures = 0
    let firstFailedAt: number | null = null
    for (;;) {
      await output.untilReady(waiting)
      const { breaks } = output
      const { outcome, failure, mayPass } = await tryOnce(did, failures > 0, signal)
      if (outcome !== null) {
        if (await acknowledge(wanted, breaks)) return meter.countOutcome(outcome)
        await systemClock.sleep(options.retry.base, waiting)
        continue
      }
      failures += 1
      const lastFailedAt = systemClock.now()
      firstFailedAt ??= lastFailedAt
      const { reason, message, isTransient, retryAfterMs } = failure
      if (failures >= attempts || !mayPass) {
        return deadLetter(
          { id, reason, error: message, attempts: failures, firstFailedAt, lastFailedAt },
          tallyOf(round, 'dead-lettered'),
          signal,
        )
      }
      const wait = isTransient ? backoffMs(failures, options.retry, Math.random()) : 0
      await systemClock.sleep(Math.max(retryAfterMs ?? 0, wait), waiting)
    }
  }

  return async ({ content, taken }) => {
    const signal = AbortSignal.any([halt, taken.signal])
    if ('reason' in content) {
      const now = systemClock.now()
      return deadLetter({ ...content, attempts: 1, firstFailedAt: now, lastFailedAt: now }, null, signal)
    }
    return tryOften(content, signal)
  }
}

type Wanted = Extract<RepoEntry, { readonly did: string }>

function tallyOf(round: string | null, outcome: RepairOutcome): string | null {
  return round === null ? null : repairTallyField(round, outcome)
}
