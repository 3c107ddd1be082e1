import { eachStream } from './each-stream.ts'
import type { Gatherer } from './source.ts'

/** `MEMORY USAGE SAMPLES 5` of every stream that exists: O(groups and consumers), never O(entries). */
export const gatherFootprints: Gatherer<'footprints'> = async (source) => {
  const streams = (await source.read('streams')).filter(({ state }) => state !== null)
  return eachStream(source, 'footprints', streams, async ({ stream }) => ({
    stream,
    bytes: (await source.redis.memory('USAGE', stream, 'SAMPLES', 5)) ?? 0,
  }))
}
