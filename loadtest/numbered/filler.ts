import type { Redis } from 'ioredis'
import { cursorKey, EVENT_FIELD } from '#pipeline/contract.ts'
import { createAppend } from '#pipeline/ingest/append/append.ts'
import type { Batch } from '#pipeline/ingest/append/batch.ts'
import { entrySource } from '../network/entries/entry-source.ts'

/** Appends as the ingester does; what was refused is tried again first. Its count is kept outside Redis. */
export interface Filler {
  /** Entries that Redis has acknowledged, all of them a prefix of what the source makes. */
  readonly acknowledged: number
  /** Appends until Redis refuses or `enough` says so. Answers Redis' words of refusal; `null` when it took all. */
  fill(enough: () => boolean | Promise<boolean>, signal: AbortSignal): Promise<string | null>
}

/** The same entries for every filler and every comparison of one run. */
export interface FillerSource {
  /** Hands over the entries from the first one on. */
  begin(): (count: number) => readonly string[]
}

/** Entries per append: the most that are indeterminate when a reply is lost. */
export const FILLER_BATCH = 200

const SEED = 4
const HOST = 'load'

export function fillerCursor(stream: string): string {
  return cursorKey(stream, HOST)
}

export function createFillerSource(): FillerSource {
  const beganAt = Date.now()
  return {
    begin() {
      const entries = entrySource(SEED, { now: () => beganAt })
      return (count) => entries.next(count)
    },
  }
}

/** Begins behind `from` entries, as an ingester that asks its relay from the stored cursor on. */
export function createFiller(redis: Redis, stream: string, source: FillerSource, from = 0): Filler {
  const next = source.begin()
  for (let skipped = 0; skipped < from; skipped += FILLER_BATCH) next(Math.min(FILLER_BATCH, from - skipped))
  const highWater = Number.MAX_SAFE_INTEGER
  const append = createAppend(redis, { stream, cursor: fillerCursor(stream), highWater })
  let acknowledged = from
  let waiting: Batch | null = null
  const nextBatch = (): Batch => {
    const values = next(FILLER_BATCH)
    const commits = values.map((value, index) => ({ seq: acknowledged + index + 1, values: [value] }))
    const upTo = acknowledged + commits.length
    return { fields: [EVENT_FIELD], commits, after: acknowledged || null, upTo }
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
  }
}
