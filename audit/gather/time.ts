import { systemClock } from '#kernel/time/clock.ts'
import type { Gatherer } from './source.ts'

/** `TIME`: the clock that makes the entry IDs, beside ours at the middle of the round trip. */
export const gatherTime: Gatherer<'time'> = async ({ redis }) => {
  const before = systemClock.now()
  const [seconds = 0, microseconds = 0] = (await redis.time()).map(Number)
  const roundTripMs = systemClock.now() - before
  const serverMs = seconds * 1_000 + Math.floor(microseconds / 1_000)
  return {
    serverMs,
    localMs: before + roundTripMs / 2,
    roundTripMs,
    quotes: [{ command: 'TIME', value: `${seconds}.${String(microseconds).padStart(6, '0')}` }],
  }
}
