import type { Output } from '#pipeline/backfill/output.ts'
import type { Snapshot } from './snapshot.ts'

export interface Closing {
  readonly did: string
  /** Patterns of the collections that were wanted. */
  readonly collections: readonly string[]
  /** ISO 8601: when the snapshot was taken. */
  readonly time: string
  readonly batchEntries: number
}

/** One call must not block Redis for long, whatever the entries weigh. */
const BATCH_CHARACTERS = 1_048_576

/**
 * Stores all events of a snapshot, batch by batch, the `repo` event that closes it behind them. Memory holds one
 * batch beside the repo: the next is made when Redis has taken the last. Throws `RepoError` when the repo turns out
 * to be broken; then nothing closes it.
 */
export async function storeSnapshot(
  { rev, commit, events, counts }: Snapshot,
  { did, collections, time, batchEntries }: Closing,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  let batch: string[] = []
  let characters = 0
  for (const event of events) {
    batch.push(event)
    characters += event.length
    if (batch.length < batchEntries && characters < BATCH_CHARACTERS) continue
    await output.store(batch, signal)
    batch = []
    characters = 0
  }
  const { records } = counts
  batch.push(JSON.stringify({ type: 'repo', seq: -1, time, did, commit, rev, collections, records }))
  await output.store(batch, signal)
}
