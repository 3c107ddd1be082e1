import type { Redis } from 'ioredis'
import type { Log } from '#kernel/log/log.ts'
import { systemClock } from '#kernel/time/clock.ts'
import type { Settlement } from '#pipeline/contract.ts'
import type { EventEntry, Sink } from '#pipeline/sinks/sink.ts'
import { acknowledge } from './acknowledge.ts'
import type { EntryContent } from './entry-content.ts'
import type { HeldEntries, HeldEntry } from './held-entries.ts'
import type { IndexMeter } from './index-meter.ts'
import type { Membership } from './membership.ts'
import { type Failure, moveToDeadLetters } from './move-to-dead-letters.ts'
import { retryingRedis } from './retrying-redis.ts'
import { settleBatch } from './settle-batch.ts'

/** Brings entries to their end. */
export interface Settler {
  /**
   * Resolves once every entry is durable and acknowledged, or a dead letter; rejects when told to give up. Every
   * commit goes through `around`, where there is one.
   */
  readonly settle: (
    batch: readonly HeldEntry[],
    around?: (commit: () => Promise<void>) => Promise<void>,
  ) => Promise<void>
  /** Resolves once the entry is a dead letter. */
  readonly deadLetter: (failure: Failure) => Promise<void>
  /** Acknowledges entries that have no body any more. */
  readonly acknowledgeLost: (ids: readonly string[]) => Promise<void>
  /** Stores the position when nothing else is there to carry it; a failure can wait for the next time. */
  readonly storePosition: () => Promise<void>
}

export interface SettlerOptions {
  readonly membership: Membership
  readonly redis: Redis
  readonly sink: Sink
  readonly held: HeldEntries
  readonly maxFailures: number
  readonly meter: IndexMeter
  readonly log: Log
  /** Ends all waiting for Redis and the sink. */
  readonly signal: AbortSignal
}

export function createSettler(options: SettlerOptions): Settler {
  const { membership, redis, sink, held, maxFailures, meter, log, signal } = options
  const position = { known: null as string | null, stored: null as string | null }

  const withRedis = retryingRedis(options)

  const release = (ids: readonly string[]) => {
    held.release(ids)
    meter.setHeld(held.size)
  }

  const acknowledgeIds = async (ids: readonly string[], settlement: Settlement = 'acknowledged') => {
    const { acknowledged, settled } = await withRedis(() => acknowledge(redis, membership, ids, settlement))
    meter.count('acknowledged', acknowledged)
    position.known = settled ?? position.known
    release(ids)
  }

  const deadLetter = async (failures: readonly Failure[]) => {
    for (const failure of failures) {
      const { moved, lost } = await withRedis(() => moveToDeadLetters(redis, membership, [failure]))
      meter.count('acknowledged', moved + lost)
      meter.count('lostBodies', lost)
      meter.countDeadLetters(failure.reason, moved)
      log.warn(failure, 'moved an entry to the dead letters')
      release([failure.id])
    }
  }

  const commit = async (contents: readonly EntryContent[]) => {
    const entries: EventEntry[] = []
    for (const { id, events } of contents) for (const event of events) entries.push({ id, event })
    const carried = position.known
    const startedAt = performance.now()
    const applied = await sink.commit({ entries, position: carried })
    position.stored = carried
    meter.observeCommit((performance.now() - startedAt) / 1_000)
    meter.count('committed', contents.length)
    meter.count('superseded', applied.filter((one) => !one).length)
    const now = systemClock.now()
    for (const { event } of entries) {
      if (event.type !== 'label' && event.seq >= 0)
        meter.observeEvent(Math.max(0, now - Date.parse(event.time)) / 1_000)
    }
  }

  /** What an entry holds besides its events is kept as a dead letter, not acknowledged with them. */
  const acknowledgeCommitted = async (contents: readonly EntryContent[]) => {
    const whole = contents.filter(({ unreadable }) => unreadable === null).map(({ id }) => id)
    if (whole.length > 0) await acknowledgeIds(whole)
    await deadLetter(contents.flatMap(toFailure))
  }

  return {
    async settle(batch, around = (once) => once()) {
      const ours = batch.filter((entry) => held.get(entry.content.id) === entry)
      for (const entry of ours) entry.committing = true
      const contents = ours.map(({ content }) => content)
      await deadLetter(contents.filter(isPoison).flatMap(toFailure))
      await settleBatch(
        contents.filter((content) => !isPoison(content)),
        {
          sink,
          maxFailures,
          signal,
          commit: (entries) => around(() => commit(entries)),
          acknowledge: acknowledgeCommitted,
          deadLetter: (failure) => deadLetter([failure]),
          onRetry(error, failures) {
            meter.count('sinkRetries')
            log.warn({ error: error.message, failures }, 'cannot commit; trying again')
          },
        },
      )
    },
    deadLetter: (failure) => deadLetter([failure]),
    acknowledgeLost: (ids) => acknowledgeIds(ids, 'lost-bodies'),
    async storePosition() {
      const { known, stored } = position
      if (known === stored || held.size > 0) return
      try {
        await sink.commit({ entries: [], position: known })
        position.stored = known
      } catch (error) {
        log.debug({ error: (error as Error).message }, 'cannot store the position yet')
      }
    },
  }
}

function isPoison({ events, unreadable }: EntryContent): boolean {
  return events.length === 0 && unreadable !== null
}

/** What cannot be read fails once: reading it again would not help. */
function toFailure({ id, unreadable }: EntryContent): Failure[] {
  const now = systemClock.now()
  return unreadable ? [{ id, ...unreadable, attempts: 1, firstFailedAt: now, lastFailedAt: now }] : []
}
