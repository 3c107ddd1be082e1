import type { Redis } from 'ioredis'
import { anAttempt } from '#loadtest/ledger/an-attempt.ts'
import type { Attempt } from '#loadtest/ledger/attempt.ts'
import type { Effect } from '#loadtest/ledger/effect.ts'
import type { LedgerEvidence } from '#loadtest/ledger/evidence.ts'
import { journalOf } from '#loadtest/ledger/journal-of.ts'
import { readOwed } from '#loadtest/ledger/read-owed.ts'

/**
 * A pipeline of a few lines around a real Redis, in which every part can be sound or broken: what a mutant
 * breaks is the one thing that differs from its control.
 */
export interface Bench {
  readonly redis: Redis
  readonly events: readonly Attempt[]
  /** What the sink committed, in order. */
  readonly effects: Effect[]
  /** The state behind the effects: the latest revision of each record. */
  readonly revs: Map<string, string>
}

export const STREAM = 'mutant:stream'
export const GROUP = 'indexers'
export const CURSOR = 'mutant:cursor'

/** One entry as a consumer is handed it. */
export interface Delivered {
  readonly id: string
  readonly event: Attempt
}

/** A fresh bench with its group; every event is a create of its own record, `opsPerCommit` of them share a sequence. */
export async function openBench(redis: Redis, count: number, opsPerCommit = 1): Promise<Bench> {
  await redis.del(STREAM, CURSOR)
  await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
  const events = Array.from({ length: count }, (_, index) =>
    anAttempt(Math.floor(index / opsPerCommit) + 1, { rkey: `record${index + 1}`, cid: `bafy${index + 1}` }),
  )
  return { redis, events, effects: [], revs: new Map() }
}

/** What the ledger is given at the end; the journal is finished, since the mutant is never the relay. */
export async function evidenceOf({ redis, events, effects }: Bench): Promise<LedgerEvidence> {
  const cursor = await redis.get(CURSOR)
  return {
    journal: journalOf(events),
    effects: [effects],
    owed: readOwed(redis, STREAM, GROUP),
    acknowledgedUpTo: cursor === null ? null : Number(cursor),
  }
}
