import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { readOldestPending } from '#kernel/streams/read-oldest-pending.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import { type JournalTail, readJournalTail } from '#loadtest/ledger/read-journal-tail.ts'
import { cursorKey } from '#pipeline/contract.ts'
import type { FlowSample } from './flow-sample.ts'

/** Where to look. */
export interface FlowPlace {
  readonly stream: string
  readonly group: string
  /** Names the cursor beside the data; absent where no relay feeds the stream. */
  readonly relayUrl?: string
  /** What the relay writes; absent where no relay feeds the stream. */
  readonly journalPath?: string
}

type Stored = Omit<FlowSample, 'at' | 'emittedSeq' | 'emittedAll'>

const UNSEEN: Stored = {
  redisUp: false,
  storedSeq: null,
  entriesAdded: null,
  length: null,
  lag: null,
  pending: null,
  oldestIdleMs: null,
  usedMemoryBytes: null,
}

/** Looks once at the relay's journal and at Redis; a Redis that does not answer is a finding, not an error. */
export async function readFlow(redis: Redis, place: FlowPlace): Promise<Omit<FlowSample, 'at'>> {
  const { lastSeq, finished } = await readEmitted(place)
  const stored = await readStored(redis, place).catch(() => UNSEEN)
  return { ...stored, emittedSeq: lastSeq, emittedAll: finished }
}

function readEmitted({ journalPath }: FlowPlace): Promise<JournalTail> {
  return journalPath === undefined
    ? Promise.resolve({ lastSeq: null, finished: false })
    : readJournalTail(journalPath)
}

async function readStored(redis: Redis, { stream, group, relayUrl }: FlowPlace): Promise<Stored> {
  const [state, groups, oldest, cursor, memory] = await Promise.all([
    readStream(redis, stream),
    readGroups(redis, stream),
    readOldestPending(redis, stream, group),
    relayUrl === undefined ? null : redis.get(cursorKey(stream, relayUrl)),
    redis.info('memory'),
  ])
  const { entriesAdded = null, length = null } = state ?? {}
  const { lag = null, pending = null } = groups.find(({ name }) => name === group) ?? {}
  return {
    redisUp: true,
    storedSeq: numberOrNull(cursor),
    entriesAdded,
    length,
    lag,
    pending,
    oldestIdleMs: oldest[0]?.idleMs ?? null,
    usedMemoryBytes: numberOrNull(parseInfo(memory).get('used_memory')),
  }
}

const numberOrNull = (text: string | null | undefined): number | null => (text == null ? null : Number(text))
