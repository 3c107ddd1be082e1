import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { readSize } from '../capacity/read-size.ts'
import { createFiller, createFillerSource } from '../numbered/filler.ts'
import { startTimed } from './start-timed.ts'

/** How long a Redis took from its start to its first answer, with so many entries in its append-only log. */
export interface Ready {
  readonly entries: number
  readonly aofBytes: number
  readonly seconds: number
}

const STREAM = 'standpipe:load:ready'
const SHARES = [0.25, 0.5, 0.75, 1]

/** Appends, kills and starts again, at several sizes of the same log. */
export async function measureReady(
  events: number,
  update: (progress: string) => void,
  signal: AbortSignal,
): Promise<Ready[]> {
  await using server = await startPrivateRedis()
  const how = { name: 'standpipe-load-ready', advice: 'the run cannot go on' }
  const source = createFillerSource()
  const ready: Ready[] = []
  for (const share of SHARES) {
    const size = await borrowRedis(server.url, how, async (redis) => {
      const before = await redis.xlen(STREAM)
      const filler = createFiller(redis, STREAM, source, before)
      await filler.fill(() => filler.acknowledged >= share * events, signal)
      return { entries: filler.acknowledged, aofBytes: (await readSize(redis)).aofBytes ?? 0 }
    })
    update(`restart with ${size.entries} entries`)
    await server.kill('SIGKILL')
    ready.push({ ...size, seconds: await startTimed(server) })
  }
  return ready
}
