import { readStream } from '#kernel/streams/read-stream.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { withRedis } from './with-redis.ts'

/** Waits until the stream grows, and returns by how many entries; `null` when it did not within 2 seconds. */
export async function untilGrowing(url: string, stream: string, signal: AbortSignal): Promise<number | null> {
  return withRedis(url, async (redis) => {
    const added = async () => (await readStream(redis, stream))?.entriesAdded ?? 0
    const first = await added()
    try {
      const grown = async () => (await added()) - first || null
      return await until(grown, { within: seconds(2), every: 5, what: `growth of ${stream}`, signal })
    } catch {
      signal.throwIfAborted()
      return null
    }
  })
}
