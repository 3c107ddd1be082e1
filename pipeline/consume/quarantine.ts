import type { Redis } from 'ioredis'
import type { Log } from '#kernel/log/log.ts'
import { type Attempts, beginAttempt, forgetAttempts } from './attempts.ts'
import type { HeldEntries } from './held-entries.ts'
import type { IndexMeter } from './index-meter.ts'
import type { IntakeOptions } from './intake.ts'
import type { Membership } from './membership.ts'
import { retryingRedis } from './retrying-redis.ts'
import type { Settler } from './settler.ts'
import type { Suspect } from './suspect.ts'

export interface QuarantineOptions {
  readonly membership: Membership
  readonly redis: Redis
  readonly held: HeldEntries
  readonly decode: IntakeOptions['decode']
  readonly settler: Settler
  readonly maxFailures: number
  readonly meter: IndexMeter
  readonly log: Log
  readonly signal: AbortSignal
}

/**
 * Works on suspects one by one, while this source has nothing else in hand. Each attempt is noted in Redis before
 * the entry is even read, and the note is taken away when the process has survived it, however the attempt went:
 * so what is left counts deaths and nothing else. One death too many, and the entry becomes a dead letter.
 */
export function createQuarantine(
  options: QuarantineOptions,
): (suspects: readonly Suspect[], stop: AbortSignal) => Promise<void> {
  const { membership, redis, held, decode, settler, maxFailures, meter, log, signal } = options
  const withRedis = retryingRedis({ meter, log, signal })

  const settleAlone = async ({ entry, fields }: Suspect) => {
    const { id } = entry.content
    if (held.get(id) !== entry) return
    const begin = () => withRedis(() => beginAttempt(redis, membership, id))
    const forget = () => withRedis(() => forgetAttempts(redis, membership, id))
    const attempts = await begin()
    if (attempts === null) {
      held.release([id])
      meter.count('fenced')
      return
    }
    if (attempts.count > maxFailures) {
      await settler.deadLetter(toFailure(id, attempts))
    } else {
      let noted = true
      const content = { id, ...decode(id, fields) }
      const readable = { ...entry, content }
      held.add(readable)
      await settler.settle([readable], async (commit) => {
        if (!noted) await begin()
        noted = true
        try {
          await commit()
        } catch (error) {
          noted = false
          await forget()
          throw error
        }
      })
    }
    await forget()
  }

  return async (suspects, stop) => {
    if (suspects.length === 0) return
    const left = [...suspects]
    log.warn(
      { ...membership, entries: left.length },
      'working on entries that were delivered often, one by one',
    )
    await held.atMost(left.length, signal)
    for (let next = left.shift(); next; next = left.shift()) {
      if (stop.aborted) return held.release([next, ...left].map(({ entry }) => entry.content.id))
      await settleAlone(next)
    }
  }
}

function toFailure(id: string, { count, firstBeganAt, lastBeganAt }: Attempts) {
  const attempts = count - 1
  return {
    id,
    reason: 'crash-loop' as const,
    error: `the process died ${attempts} times while it worked on this entry alone`,
    attempts,
    firstFailedAt: firstBeganAt,
    lastFailedAt: lastBeganAt,
  }
}
