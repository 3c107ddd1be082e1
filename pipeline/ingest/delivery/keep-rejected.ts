import type { Redis } from 'ioredis'
import { rejectedFramesStream } from '#pipeline/contract.ts'
import type { RejectedFrame } from './rejected-frame.ts'

/** Frames that are kept at most: evidence for a person, not a second buffer. */
export const KEPT_FRAMES = 10_000

/** Writes frames to the stream of rejected frames while it has room; returns how many it had no room for. */
export type KeepRejected = (frames: readonly RejectedFrame[]) => Promise<number>

/** At least once: a frame whose reply is lost is written again. */
export function createKeepRejected(redis: Redis, stream: string, limit = KEPT_FRAMES): KeepRejected {
  const key = rejectedFramesStream(stream)
  return async (frames) => {
    const room = Math.max(0, limit - (await redis.xlen(key)))
    const calls = frames
      .slice(0, room)
      .map(({ reason, seq, frame, relay }) =>
        redis.xadd(key, '*', 'reason', reason, 'seq', seq ?? '', 'relay', relay, 'frame', frame),
      )
    await Promise.all(calls)
    return Math.max(0, frames.length - room)
  }
}
