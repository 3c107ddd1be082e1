import type { Redis } from 'ioredis'
import type { Log } from '#kernel/log/log.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { acknowledgeAndCount } from '#pipeline/accounting/acknowledge-and-count.ts'
import type { Delivered } from '#pipeline/consume/delivered.ts'
import { ensureGroup } from '#pipeline/consume/ensure-group.ts'
import { heldEntries } from '#pipeline/consume/held-entries.ts'
import type { Membership } from '#pipeline/consume/membership.ts'
import { readLoop } from '#pipeline/consume/read-loop.ts'
import { reclaimLoop } from '#pipeline/reclaim/reclaim-loop.ts'
import type { BackfillMeter } from './backfill-meter.ts'
import { parseRepoEntry } from './parse-repo-entry.ts'
import type { HeldRepo } from './repo/held-repo.ts'
import type { SettleRepo } from './repo/settle-repo.ts'

export interface TakeReposOptions {
  readonly membership: Membership
  /** For everything that answers at once. */
  readonly redis: Redis
  /** For the reads that block. */
  readonly blocking: Redis
  readonly settle: SettleRepo
  /** Repos read at a time; four times as many are in hand, so that a slow host does not keep others waiting. */
  readonly readCount: number
  readonly claimIdle: Duration
  /** How long the repos in hand may take once the signal has aborted. */
  readonly drainWithin: Duration
  readonly meter: BackfillMeter
  readonly log: Log
}

/**
 * Reads repos as one consumer of the group until the signal aborts, then waits for those that are under way, and
 * after `drainWithin` calls `halt`. What is not settled by then stays pending.
 */
export async function takeRepos(
  options: TakeReposOptions,
  signal: AbortSignal,
  halt: () => void,
): Promise<void> {
  const { membership, redis, blocking, settle, readCount, meter, log } = options
  const held = heldEntries<HeldRepo>()
  const tasks = new Set<Promise<void>>()

  const settleAndRelease = async (repo: HeldRepo) => {
    const { id } = repo.content
    try {
      await settle(repo)
    } catch (error) {
      const isWanted = signal.aborted || repo.taken.signal.aborted
      log[isWanted ? 'debug' : 'error']({ id, says: (error as Error).message }, 'left a repo pending')
    }
    held.release([id])
    meter.setHeld(held.size)
  }
  const take = async (entries: readonly Delivered[]) => {
    const fresh = entries.filter(({ id }) => !held.has(id))
    meter.count('delivered', fresh.length)
    const lost = fresh.filter(({ fields }) => fields === null).map(({ id }) => id)
    for (const { id, fields } of fresh) {
      if (fields === null) continue
      const repo = {
        content: parseRepoEntry(id, fields),
        since: systemClock.now(),
        taken: new AbortController(),
      }
      held.add(repo)
      const task = settleAndRelease(repo)
      tasks.add(task)
      void task.then(() => tasks.delete(task))
    }
    meter.setHeld(held.size)
    if (lost.length === 0) return
    countLost(lost)
    await acknowledgeAndCount(redis, membership, lost, 'lost-bodies')
  }
  const countLost = (ids: readonly string[]) => {
    meter.count('lostBodies', ids.length)
    log.error(
      { entries: ids.length, first: ids[0] },
      'pending repos have lost their body: something trims what is not acknowledged',
    )
  }
  const onError = (what: string) => (error: Error) => {
    meter.count('redisErrors')
    log.warn({ error: error.message }, `cannot ${what}; trying again`)
  }

  await Promise.all([
    readLoop(
      {
        redis: blocking,
        membership,
        count: readCount,
        held,
        limit: readCount * 3,
        onDelivered: take,
        onIdle: async () => {},
        onNoGroup: async () => {
          if (await ensureGroup(redis, membership, null)) log.info({ ...membership }, 'created the group')
        },
        onError: onError('read'),
      },
      signal,
    ),
    reclaimLoop(
      {
        redis,
        membership,
        held,
        minIdle: options.claimIdle,
        limit: readCount * 3,
        onClaimed: async (entries) => {
          meter.count('reclaimed', entries.filter(({ id }) => !held.has(id)).length)
          await take(entries)
        },
        onLost: countLost,
        onTaken: (ids) => {
          meter.count('fenced', ids.length)
          for (const id of ids) held.get(id)?.taken.abort(new Error('another consumer has taken the repo'))
        },
        onError: onError('claim'),
      },
      signal,
    ),
  ])
  log.info(
    { repos: held.size, withinSeconds: options.drainWithin / seconds(1) },
    'finishing the repos in hand',
  )
  const late = setTimeout(halt, options.drainWithin)
  await Promise.all(tasks)
  clearTimeout(late)
}
