import type { IncomingMessage } from 'node:http'
import { systemClock } from '#kernel/time/clock.ts'
import type { BackfillMeter, RepoOutcome } from '#pipeline/backfill/backfill-meter.ts'
import type { CarLimits } from '#pipeline/backfill/car/car-limits.ts'
import type { Patience } from '#pipeline/backfill/fetch/read-body.ts'
import { requireType } from '#pipeline/backfill/fetch/require-type.ts'
import type { Identity } from '#pipeline/backfill/identity/identity.ts'
import type { Resolved } from '#pipeline/backfill/identity/resolve-identity.ts'
import type { Output } from '#pipeline/backfill/output.ts'
import type { Ask } from '#pipeline/backfill/polite/ask.ts'
import type { ByteBudget } from '#pipeline/backfill/polite/byte-budget.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { type CollectionFilter, collectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import { readBlocks } from './read-blocks.ts'
import { readUnavailable } from './read-unavailable.ts'
import { openSnapshot, type Snapshot } from './snapshot.ts'
import { storeSnapshot } from './store-snapshot.ts'
import type { Verification } from './verification.ts'

export interface AttemptOptions {
  readonly ask: Ask
  readonly limits: CarLimits
  readonly patience: Patience
  readonly verification: Verification
  /** Patterns of the collections that are wanted. */
  readonly collections: readonly string[]
  readonly batchEntries: number
  readonly budget: ByteBudget
  readonly output: Output
  readonly meter: BackfillMeter
}

/** One try to bring a repo from its host into the output. Throws `RepoError` when it failed. */
export type AttemptRepo = (resolved: Resolved, signal: AbortSignal) => Promise<RepoOutcome>

const CAR_TYPE = 'application/vnd.ipld.car'

export function createAttempt(options: AttemptOptions): AttemptRepo {
  const isWanted = collectionFilter(options.collections)
  return async ({ identity, isCached }, signal) => {
    const url = new URL('/xrpc/com.atproto.sync.getRepo', identity.pds)
    url.searchParams.set('did', identity.did)
    return options.ask(url, { accept: CAR_TYPE, signal }, async (answer) => {
      if (answer.statusCode === 200) {
        requireType(answer, [CAR_TYPE])
        await storeRepo(answer, identity, options, isWanted, signal)
        return 'stored'
      }
      const status = await readUnavailable(answer, url.host, options.patience)
      // An account that has moved is deactivated on the host that it left.
      if (isCached)
        throw new RepoError('repo-not-found', `${url.host} calls the account ${status}; it may have moved`)
      await storeStatus(identity.did, status, options, signal)
      return 'unavailable'
    })
  }
}

async function storeRepo(
  answer: IncomingMessage,
  { did, didKey }: Identity,
  { limits, patience, verification, collections, batchEntries, budget, output, meter }: AttemptOptions,
  isWanted: CollectionFilter,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = systemClock.now()
  const time = new Date(startedAt).toISOString()
  using memory = budget.open()
  const { store, root } = await readBlocks(answer, {
    limits,
    patience,
    check: verification !== 'none',
    memory,
    onBytes: (bytes) => meter.count('fetched', bytes),
    signal,
  })
  const snapshot: Snapshot = openSnapshot(store, root, {
    did,
    didKey,
    verification,
    isWanted,
    recordBytes: limits.record,
    time,
  })
  try {
    await storeSnapshot(snapshot, { did, collections, time, batchEntries }, output, signal)
  } finally {
    meter.countSnapshot(snapshot.counts)
  }
  meter.observeRepo(systemClock.now() - startedAt)
}

/** What is known of an account whose repo is not served is its state: that, too, is worth keeping. */
async function storeStatus(
  did: string,
  status: string,
  { output, meter }: AttemptOptions,
  signal: AbortSignal,
): Promise<void> {
  const time = new Date(systemClock.now()).toISOString()
  await output.store([JSON.stringify({ type: 'account', seq: -1, time, did, active: false, status })], signal)
  meter.countUnavailable(status)
}
