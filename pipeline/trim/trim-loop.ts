import type { Redis } from 'ioredis'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import type { Group } from './gather-groups.ts'
import { readHorizon } from './read-horizon.ts'
import type { RetentionFloor } from './retention-floor.ts'
import { trimStream } from './trim-stream.ts'

export interface TrimLoopOptions {
  readonly redis: Redis
  readonly stream: string
  /** Whether to remove what nobody needs, or only to look. */
  readonly trim: boolean
  /** What stays although no group needs it; `null`, as without it, for nothing. */
  readonly floor?: RetentionFloor | null
  readonly every?: Duration
  readonly onGroups: (groups: readonly Group[]) => void
  readonly onTrimmed: (entries: number) => void
  readonly onError: (error: Error) => void
}

/** Every few seconds: looks at all groups, and removes what none of them needs. Runs until the signal aborts. */
export async function trimLoop(options: TrimLoopOptions, signal: AbortSignal): Promise<void> {
  const { redis, stream, trim, floor = null, every = seconds(5), onGroups, onTrimmed, onError } = options
  while (!signal.aborted) {
    try {
      const { groups, horizon } = await readHorizon(redis, stream, floor)
      onGroups(groups)
      if (trim && horizon.keepFrom !== null) onTrimmed(await trimStream(redis, stream, horizon, signal))
    } catch (error) {
      onError(error as Error)
    }
    await systemClock.sleep(every, signal).catch(() => {})
  }
}
