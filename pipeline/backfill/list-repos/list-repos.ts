import type { Redis } from 'ioredis'
import type { Log } from '#kernel/log/log.ts'
import { type Backoff, backoffMs } from '#kernel/time/backoff.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, minutes, seconds } from '#kernel/time/duration.ts'
import { appendEntries } from '#pipeline/backfill/append-entries.ts'
import { RepoError, toRepoError } from '#pipeline/backfill/repo-error.ts'
import { cursorKey, listingTailKey, REPO_FIELD } from '#pipeline/contract.ts'
import type { FetchPage } from './fetch-page.ts'
import type { ListReposMeter } from './list-repos-meter.ts'
import {
  isDone,
  isSame,
  type ListingState,
  readListing,
  type Step,
  toStep,
  whereNext,
} from './listing-state.ts'

export interface ListReposOptions {
  readonly redis: Redis
  readonly stream: string
  /** Origin of the host that lists; the cursor is kept under its name. */
  readonly host: string
  /** Entries in the stream at which pages wait. */
  readonly highWater: number
  readonly fetchPage: FetchPage
  readonly meter: ListReposMeter
  readonly log: Log
  readonly tuning?: Partial<ListingTuning>
}

/** What only tests have a reason to change. */
export interface ListingTuning {
  /** Between looks for newcomers, once all is stored. */
  readonly recheck: Duration
  /** After a request or a store that failed. */
  readonly retry: Backoff
  /** While the stream is full. */
  readonly full: Backoff
}

export const LISTING_TUNING: ListingTuning = {
  recheck: minutes(5),
  retry: { base: seconds(1), cap: minutes(2) },
  full: { base: seconds(1), cap: seconds(5) },
}

/**
 * Lists every repo of a host into a stream until the signal aborts. A page is stored whole, together with the
 * cursor behind it, before the next one is asked for: whenever this ends, what the cursor has passed is in the
 * stream, and the mark of the end comes with the last page. Whatever fails is tried again, however long it takes;
 * no page is ever skipped.
 */
export async function listRepos(options: ListReposOptions, signal: AbortSignal): Promise<void> {
  const { host, meter, log } = options
  const { recheck, retry } = { ...LISTING_TUNING, ...options.tuning }
  let failures = 0
  while (!signal.aborted) {
    try {
      const hasMore = await listOnePage(options, signal)
      failures = 0
      if (!hasMore) await systemClock.sleep(recheck, signal)
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      const { reason, message, retryAfterMs } = toRepoError(error)
      const wait = Math.max(retryAfterMs ?? 0, backoffMs(failures, retry, Math.random()))
      meter.countFailure(reason, message)
      log.warn(
        { host, reason, says: message, retryInMs: Math.round(wait) },
        'cannot list repos; trying again',
      )
      await systemClock.sleep(wait, signal).catch(() => {})
    }
  }
}

/** Returns whether there may be another page at once. */
async function listOnePage(options: ListReposOptions, signal: AbortSignal): Promise<boolean> {
  const { redis, stream, host, fetchPage, meter, log } = options
  const key = cursorKey(stream, host)
  const state = await readListing(redis, key, listingTailKey(key))
  meter.setDone(isDone(state))
  const from = whereNext(state)
  if (from === null) {
    log.info({ host, key }, 'the listing was finished elsewhere; delete the key to list all repos again')
    return false
  }
  const page = await fetchPage(from, signal)
  if (page.cursor !== null && page.cursor === from) {
    throw new RepoError('malformed-answer', `the cursor "${from}" of ${host} does not move`)
  }
  meter.setNewestPage(systemClock.now())
  const step = toStep(state, page)
  if (isSame(step.next, state)) return false
  await store(options, state, step, signal)
  meter.countRejected(page.rejected)
  meter.setDone(isDone(step.next))
  if (isDone(step.next)) log.info({ host }, 'every repo is listed; looking for newcomers from time to time')
  return !isDone(step.next)
}

/** Waits as long as the stream is full. Throws what Redis says when it refuses. */
async function store(
  options: ListReposOptions,
  state: ListingState,
  { repos, next }: Step,
  signal: AbortSignal,
) {
  const { redis, stream, host, highWater, meter, log } = options
  const { full } = { ...LISTING_TUNING, ...options.tuning }
  const key = cursorKey(stream, host)
  const addition = {
    stream,
    field: REPO_FIELD,
    highWater,
    values: repos.map((repo) => JSON.stringify(repo)),
    moves: [
      { key, from: state.cursor, to: next.cursor },
      { key: listingTailKey(key), from: state.tail, to: next.tail },
    ],
  }
  for (let waits = 1; ; waits += 1) {
    const reply = await appendEntries(redis, addition)
    if (reply.outcome === 'stored') return meter.countPage(reply.added)
    if (reply.outcome === 'stored-before') return
    if (reply.outcome === 'moved-elsewhere') {
      log.warn({ host, key }, 'somebody else moves the cursor of this listing; going on from where it is')
      return
    }
    const wait = backoffMs(waits, full, Math.random())
    meter.countBackpressure(wait)
    await systemClock.sleep(wait, signal)
  }
}
