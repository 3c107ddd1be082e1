import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { compareState } from '#loadtest/ledger/compare-state.ts'
import type { InDoubt } from '#loadtest/ledger/evidence.ts'
import type { Ledger } from '#loadtest/ledger/ledger.ts'
import { readEffects } from '#loadtest/ledger/read-effects.ts'
import { readEntries } from '#loadtest/ledger/read-entries.ts'
import { readJournal } from '#loadtest/ledger/read-journal.ts'
import { readOwed } from '#loadtest/ledger/read-owed.ts'
import { readRecords } from '#loadtest/ledger/read-records.ts'
import { reconcile } from '#loadtest/ledger/reconcile.ts'
import type { StateComparison } from '#loadtest/ledger/state-comparison.ts'
import { cursorKey, deadLetterStream } from '#pipeline/contract.ts'
import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'
import type { Stack } from './stack.ts'

/** What the books of a stack say at the end. */
export interface Stock {
  readonly ledger: Ledger
  readonly state: StateComparison
}

/**
 * Stops the indexers, since an embedded database has room for one process, and reconciles: journal against
 * effects, against what Redis still owes, and against the records as they are.
 */
export async function takeStock(
  stack: Stack,
  inDoubt: readonly InDoubt[],
  signal: AbortSignal,
): Promise<Stock> {
  await Promise.all([...stack.indexers.values()].map((indexer) => indexer[Symbol.asyncDispose]()))
  await using database = await openDatabase(stack.databaseUrl, { connections: 1 })
  const redis = await connectRedis(stack.redis.url, { name: 'standpipe-ledger' })
  try {
    const cursor = await redis.get(cursorKey(stack.stream, stack.relayUrl))
    const journal = readJournal(stack.journalPath, signal)
    const ledger = await reconcile({
      journal,
      effects: readEffects(database),
      deadLetters: readEntries(redis, deadLetterStream(stack.stream)),
      owed: readOwed(redis, stack.stream, stack.group),
      acknowledgedUpTo: cursor === null ? null : Number(cursor),
      inDoubt,
    })
    return { ledger, state: await compareState(journal, readRecords(database)) }
  } finally {
    redis.disconnect()
  }
}
