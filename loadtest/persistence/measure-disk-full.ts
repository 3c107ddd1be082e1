import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import type { ReadBack } from '../capacity/read-back.ts'
import { readEntriesBack } from '../capacity/read-entries-back.ts'
import { createFiller, createFillerSource, type FillerSource } from '../numbered/filler.ts'
import type { DiskFullRun } from './disk-full-run.ts'
import { layOutSmallDisk } from './small-disk.ts'

const STREAM = 'standpipe:load:disk-full'
const AGAIN = 2_000
const HOW = { name: 'standpipe-load-disk-full', advice: 'the run cannot go on' }

/** Fills a disk of its own with the append-only file, gives room again, and goes on. */
export async function measureDiskFull(
  diskBytes: number,
  update: (progress: string) => void,
  signal: AbortSignal,
): Promise<DiskFullRun> {
  await using folder = await temporaryFolder('small-disk')
  const { binary, dir } = await layOutSmallDisk(folder.path, diskBytes)
  await using server = await startPrivateRedis({ binary, config: { dir } })
  const source = createFillerSource()
  const seen = await borrowRedis(server.url, HOW, async (redis) => {
    const filler = createFiller(redis, STREAM, source)
    // Half of the disk is a ballast, and an entry takes more of the file than this.
    const most = diskBytes / 200
    const refusal = await filler.fill(() => filler.acknowledged > most, signal)
    const filled = filler.acknowledged
    update(`full after ${filled} entries`)
    const ping = await redis.ping().catch((error: Error) => error.message)
    const readable = (await redis.xrange(STREAM, '-', '+', 'COUNT', 1_000)).length

    await rm(join(seenFromHere(server.pid, dir), 'ballast'))
    const freedAt = performance.now()
    const goesOn = async () => {
      await filler.fill(() => filler.acknowledged > filled, signal)
      return filler.acknowledged > filled
    }
    await until(goesOn, { within: seconds(10), what: 'append on a disk with room', signal }).catch(() => {
      signal.throwIfAborted()
    })
    const backSeconds = filler.acknowledged > filled ? (performance.now() - freedAt) / 1_000 : null
    await filler.fill(() => filler.acknowledged >= filled + AGAIN, signal)
    await until(() => isWritten(redis), { within: seconds(10), what: 'write to the disk', signal })
    return { diskBytes, filled, refusal, ping, readable, backSeconds, acknowledged: filler.acknowledged }
  })
  update('reading its files with another server')
  await cp(join(seenFromHere(server.pid, dir), 'appendonlydir'), join(folder.path, 'copy', 'appendonlydir'), {
    recursive: true,
  })
  return { ...seen, onDisk: await readCopy(join(folder.path, 'copy'), seen.acknowledged, source, signal) }
}

/** The disk is mounted for the server alone; the way there leads through its process. */
function seenFromHere(pid: number | null, dir: string): string {
  return join('/proc', String(pid), 'root', dir)
}

async function isWritten(redis: Redis): Promise<boolean> {
  const info = parseInfo(await redis.info('persistence'))
  return info.get('aof_buffer_length') === '0' && info.get('aof_last_write_status') === 'ok'
}

async function readCopy(
  dir: string,
  asked: number,
  source: FillerSource,
  signal: AbortSignal,
): Promise<ReadBack> {
  await using server = await startPrivateRedis({ config: { dir } })
  return await borrowRedis(server.url, HOW, (redis) =>
    readEntriesBack({ redis, stream: STREAM, asked, again: source.begin(), update: () => {}, signal }),
  )
}
