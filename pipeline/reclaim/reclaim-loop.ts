import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import type { Delivered } from '#pipeline/consume/delivered.ts'
import type { Held } from '#pipeline/consume/held-entries.ts'
import type { Membership } from '#pipeline/consume/membership.ts'
import { claimIdle } from './claim-idle.ts'
import { keepClaims } from './keep-claims.ts'

export interface ReclaimOptions {
  readonly redis: Redis
  readonly membership: Membership
  readonly held: { readonly size: number; entries(): Iterable<readonly [id: string, entry: Held]> }
  /** How long an entry may go without a sign of life before it is claimed. */
  readonly minIdle: Duration
  /** Entries held above which nothing more is claimed in this round. */
  readonly limit: number
  readonly onClaimed: (entries: readonly Delivered[]) => Promise<void>
  readonly onLost: (ids: readonly string[]) => void
  /** Entries that another consumer has taken; those whose commit has not begun are to be given up. */
  readonly onTaken: (ids: readonly string[]) => void
  readonly onError: (error: Error) => void
}

/** Pages per round. The walk goes on where it stopped, so a long list takes rounds, not one long block. */
const PAGES = 20

/** Every few seconds: keeps what we hold, claims what nobody holds on to. Runs until the signal aborts. */
export async function reclaimLoop(options: ReclaimOptions, signal: AbortSignal): Promise<void> {
  const every = Math.min(seconds(5), options.minIdle / 3)
  let from = '0-0'
  while (!signal.aborted) {
    await systemClock.sleep(every, signal).catch(() => {})
    if (signal.aborted) return
    try {
      await keepHeld(options, every)
      from = await claimAbandoned(options, from, signal)
    } catch (error) {
      // The read loop creates a group that is absent.
      if (!isReplyError(error, 'NOGROUP')) options.onError(error as Error)
    }
  }
}

async function keepHeld(
  { redis, membership, held, onTaken }: ReclaimOptions,
  every: Duration,
): Promise<void> {
  const before = systemClock.now() - every
  const long = [...held.entries()].filter(([, { since }]) => since <= before).map(([id]) => id)
  if (long.length > 0) onTaken(await keepClaims(redis, membership, long))
}

/** Returns where the next round begins. */
async function claimAbandoned(
  { redis, membership, held, minIdle, limit, onClaimed, onLost }: ReclaimOptions,
  from: string,
  signal: AbortSignal,
): Promise<string> {
  let next = from
  for (let page = 0; page < PAGES && held.size <= limit && !signal.aborted; page += 1) {
    const claimed = await claimIdle(redis, membership, minIdle, next)
    if (claimed.entries.length > 0) await onClaimed(claimed.entries)
    if (claimed.lostIds.length > 0) onLost(claimed.lostIds)
    next = claimed.next
    if (next === '0-0') break
  }
  return next
}
