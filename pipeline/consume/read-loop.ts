import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { backoffMs } from '#kernel/time/backoff.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { milliseconds } from '#kernel/time/duration.ts'
import type { Delivered } from './delivered.ts'
import type { HeldEntries } from './held-entries.ts'
import type { Membership } from './membership.ts'
import { readAhead } from './read-ahead.ts'
import { readEntries } from './read-entries.ts'
import { CONSUMER_BACKOFF } from './retry.ts'

export interface ReadLoopOptions {
  /** A connection of its own: it blocks. */
  readonly redis: Redis
  readonly membership: Membership
  readonly count: number
  readonly held: Pick<HeldEntries, 'atMost' | 'size'>
  /** Entries held above which the next read waits: one batch being committed, the next already here. */
  readonly limit: number
  /** `again` when they were pending for us already, and this is not their first delivery. */
  readonly onDelivered: (entries: readonly Delivered[], again: boolean) => Promise<void>
  /** There is nothing new at this moment. */
  readonly onIdle: () => Promise<void>
  /** The group is gone; resolves when it exists again. */
  readonly onNoGroup: () => Promise<void>
  readonly onError: (error: Error) => void
}

/** Short, because a read under way is waited for when we stop: cutting it off would strand what it brings. */
const BLOCK = milliseconds(250)

/**
 * Reads until the signal aborts: first what is pending for us already, then what is new. An empty history
 * read moves to new entries wherever it stood, or a consumer that once had pending entries would never see
 * another one. After an error it begins with the history again: a reply that was lost on the way has left
 * its entries pending for us.
 */
export async function readLoop(options: ReadLoopOptions, signal: AbortSignal): Promise<void> {
  const { onDelivered, onIdle, onError } = options
  const reads = readAhead({ ...options, read: (from) => read(options, from) })
  let from = '0'
  let failures = 0
  while (!signal.aborted || reads.isUnderWay) {
    try {
      const entries = await reads.next(from, signal)
      failures = 0
      await onDelivered(entries, from !== '>')
      if (from !== '>') from = entries.at(-1)?.id ?? '>'
      else if (entries.length === 0) await onIdle()
    } catch (error) {
      if (signal.aborted) return
      from = '0'
      failures += 1
      onError(error as Error)
      await systemClock.sleep(backoffMs(failures, CONSUMER_BACKOFF, Math.random()), signal).catch(() => {})
    }
  }
}

async function read(options: ReadLoopOptions, from: string): Promise<Delivered[]> {
  const { redis, membership, count, onNoGroup } = options
  const wanted = { from, count, blockMs: BLOCK }
  try {
    return await readEntries(redis, membership, wanted)
  } catch (error) {
    if (!isReplyError(error, 'NOGROUP')) throw error
    await onNoGroup()
    return await readEntries(redis, membership, wanted)
  }
}
