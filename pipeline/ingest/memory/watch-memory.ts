import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { type Clock, systemClock } from '#kernel/time/clock.ts'
import type { Duration } from '#kernel/time/duration.ts'
import { judgeMemory, type MemoryRoom } from './judge-memory.ts'

/** What Redis last said about its memory. */
export interface MemoryWatch {
  readonly room: MemoryRoom
  stop(): Promise<void>
}

export interface MemoryWatchOptions {
  /** Percent of maxmemory that stays free. */
  readonly reserve: number
  readonly every: Duration
  readonly clock?: Clock
}

/** Asks once, then again and again: never per append. A Redis that does not answer leaves what it said before. */
export async function watchMemory(
  redis: Redis,
  { reserve, every, clock = systemClock }: MemoryWatchOptions,
): Promise<MemoryWatch> {
  const read = async () => judgeMemory(parseInfo(await redis.info('memory')), reserve)
  const stopping = new AbortController()
  let room = await read()
  const watch = async () => {
    while (!stopping.signal.aborted) {
      await clock.sleep(every, stopping.signal).catch(() => {})
      if (!stopping.signal.aborted) room = await read().catch(() => room)
    }
  }
  const done = watch()
  return {
    get room() {
      return room
    },
    async stop() {
      stopping.abort()
      await done
    },
  }
}
