import type { Redis } from 'ioredis'
import { cursorKey, EVENT_FIELD } from '#pipeline/contract.ts'
import { createAppend } from '#pipeline/ingest/append/append.ts'
import type { Batch } from '#pipeline/ingest/append/batch.ts'
import { entrySource } from '../network/entries/entry-source.ts'

const SEED = 4
const BATCH_ENTRIES = 200

/** Appends as the ingester does; what was refused is tried again first. Its count is kept outside Redis. */
export interface Filler {
  /** Entries that Redis acknowledged until now, all of them a prefix of what the source makes. */
  readonly acknowledged: number
  /** Appends until Redis refuses or `enough` says so. Answers Redis' words of refusal; `null` when it took all. */
  fill(enough: () => boolean | Promise<boolean>, signal: AbortSignal): Promise<string | null>
  /** Hands over the same entries from the first one on. */
  again(): (count: number) => readonly string[]
}

export function createFiller(redis: Redis, stream: string): Filler {
  const beganAt = Date.now()
  const source = () => entrySource(SEED, { now: () => beganAt })
  const entries = source()
  const append = createAppend(redis, {
    stream,
    cursor: cursorKey(stream, 'load'),
    highWater: Number.MAX_SAFE_INTEGER,
  })
  let acknowledged = 0
  let waiting: Batch | null = null
  const nextBatch = (): Batch => {
    const commits = entries
      .next(BATCH_ENTRIES)
      .map((value, index) => ({ seq: acknowledged + index + 1, values: [value] }))
    return {
      fields: [EVENT_FIELD],
      commits,
      after: acknowledged || null,
      upTo: acknowledged + commits.length,
    }
  }
  return {
    get acknowledged() {
      return acknowledged
    },
    async fill(enough, signal) {
      while (!(await enough())) {
        signal.throwIfAborted()
        const batch = waiting ?? nextBatch()
        waiting = batch
        const reply = await append(batch)
        if (reply.outcome !== 'appended') return 'says' in reply ? reply.says : reply.outcome
        acknowledged += reply.added
        waiting = null
      }
      return null
    },
    again() {
      const second = source()
      return (count) => second.next(count)
    },
  }
}
