import type { Redis } from 'ioredis'
import { type Backoff, backoffMs } from '#kernel/time/backoff.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import { appendEntries } from './append-entries.ts'
import type { BackfillMeter } from './backfill-meter.ts'

/** Where events go. */
export interface Output {
  /** `null` while it takes what it is given, else why not. */
  readonly trouble: string | null
  /**
   * How often the connection to Redis has ended. A Redis that forgets what it had confirmed (power lost, a replica
   * promoted) ends it: what was stored across an end may be there only in part.
   */
  readonly breaks: number
  /**
   * Resolves once all are stored, however long the stream is full or Redis is away. After a reply that was lost
   * they are stored twice, which a sink that is guarded by revisions does not mind. Rejects with the signal's reason.
   */
  store(events: readonly string[], signal: AbortSignal): Promise<void>
  /** Resolves while there is no trouble: a repo that cannot be stored is not worth fetching yet. */
  untilReady(signal: AbortSignal): Promise<void>
}

export interface OutputOptions {
  readonly redis: Redis
  readonly stream: string
  readonly dialect: Dialect
  /** Entries in the stream at which everyone waits. */
  readonly highWater: number
  readonly meter: BackfillMeter
  readonly onRefused: (error: Error) => void
}

const WAIT: Backoff = { base: 100, cap: seconds(5) }

export function createOutput({ redis, stream, dialect, highWater, meter, onRefused }: OutputOptions): Output {
  let trouble: string | null = null
  let storing = 0
  let breaks = 0
  redis.on('close', () => {
    breaks += 1
  })

  /** What keeps the events from being stored; `null` when they are. */
  const attempt = async (values: readonly string[]): Promise<string | null> => {
    try {
      const reply = await appendEntries(redis, { stream, field: dialect.fields[0], highWater, values })
      if (reply.outcome === 'stored') meter.count('appended', reply.added)
      return reply.outcome === 'high-water' ? `${stream} is at its high-water mark` : null
    } catch (error) {
      meter.count('redisErrors')
      onRefused(error as Error)
      return (error as Error).message
    }
  }

  const rest = async (waits: number, signal: AbortSignal) => {
    const since = systemClock.now()
    try {
      await systemClock.sleep(backoffMs(waits, WAIT, Math.random()), signal)
    } finally {
      meter.countBackpressure(systemClock.now() - since)
    }
  }

  return {
    get trouble() {
      return trouble
    },
    get breaks() {
      return breaks
    },
    async store(events, signal) {
      const values = dialect.encode(events, systemClock.now())
      storing += 1
      try {
        for (let waits = 1; ; waits += 1) {
          signal.throwIfAborted()
          trouble = await attempt(values)
          if (trouble === null) return
          await rest(waits, signal)
        }
      } finally {
        storing -= 1
        // Who gives up leaves nobody behind that would notice when the trouble is over.
        if (storing === 0) trouble = null
      }
    },
    async untilReady(signal) {
      while (trouble !== null) await systemClock.sleep(WAIT.base, signal)
      signal.throwIfAborted()
    },
  }
}
