import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import type { Snapshot } from './snapshot.ts'

/** Looks at the server once; `null` when it did not answer. Nothing in it grows with the length of the stream. */
export async function readServer(redis: Redis, stream: string): Promise<Snapshot['redis']> {
  try {
    const [info, state, groups, deadLetters] = await Promise.all([
      redis.info(),
      readStream(redis, stream),
      readGroups(redis, stream),
      redis.xlen(deadLetterStream(stream)),
    ])
    const fields = parseInfo(info)
    const number = (name: string) => Number(fields.get(name) ?? 0)
    const lags = groups.map(({ lag }) => lag)
    return {
      usedMemoryBytes: number('used_memory'),
      rssBytes: number('used_memory_rss'),
      fragmentation: number('mem_fragmentation_ratio'),
      aofBytes: fields.has('aof_current_size') ? number('aof_current_size') : null,
      length: state?.length ?? 0,
      lag: lags.includes(null) ? null : Math.max(0, ...lags.map(Number)),
      pending: groups.reduce((sum, { pending }) => sum + pending, 0),
      deadLetters,
    }
  } catch {
    return null
  }
}
