import type { HostedRepo } from '#loadtest/network/hosts/hosted-repo.ts'
import { createBlockStore } from '#pipeline/backfill/car/block-store.ts'
import { BLOCK_LIMITS } from '#pipeline/backfill/car/car-limits.ts'
import { openSnapshot } from '#pipeline/backfill/repo/snapshot.ts'
import type { Verification } from '#pipeline/backfill/repo/verification.ts'
import { collectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import { ratePerSecond, type Worker } from '../in-turns.ts'

/** What a socket hands over at a time. */
const CHUNK_BYTES = 65_536

export interface OurReaderOptions {
  readonly name: string
  readonly verification: Verification
  /** Patterns of the collections that are wanted. */
  readonly collections: readonly string[]
}

/** Reads a repo in chunks, as it comes from a host, and makes the event of every wanted record. */
export function ourReader(
  { did, didKey, records }: HostedRepo,
  car: Buffer,
  { name, verification, collections }: OurReaderOptions,
): Worker {
  const isWanted = collectionFilter(collections)
  const limits = { car: car.length, ...BLOCK_LIMITS }
  const wanted = [...records.keys()].filter((path) => isWanted(path.split('/')[0] ?? '')).length
  const readOnce = () => {
    const store = createBlockStore({ limits, check: verification !== 'none' })
    for (let at = 0; at < car.length; at += CHUNK_BYTES) store.push(car.subarray(at, at + CHUNK_BYTES))
    const { events, counts } = openSnapshot(store, store.end(), {
      did,
      didKey,
      verification,
      isWanted,
      recordBytes: limits.record,
      time: new Date().toISOString(),
    })
    for (const event of events) if (event.length === 0) throw new Error('an event without text')
    if (counts.records !== wanted) throw new Error(`${counts.records} records of ${wanted}`)
  }
  return { name, round: () => ratePerSecond(records.size, readOnce) }
}
