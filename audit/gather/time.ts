import type { Gatherer } from './source.ts'

/** `TIME`: the clock that makes the entry IDs. */
export const gatherTime: Gatherer<'time'> = async ({ redis }) => {
  const [seconds = 0, microseconds = 0] = (await redis.time()).map(Number)
  const serverMs = seconds * 1_000 + Math.floor(microseconds / 1_000)
  return {
    serverMs,
    quotes: [{ command: 'TIME', value: `${seconds}.${String(microseconds).padStart(6, '0')}` }],
  }
}
