import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import type { PrivateRedis } from '#kernel/redis/private-redis.ts'
import middleCorruption from './injuries/middle-corruption.ts'
import powerLoss from './injuries/power-loss.ts'
import tailCut from './injuries/tail-cut.ts'
import type { Injury } from './injury.ts'
import { measureDiskFull } from './measure-disk-full.ts'
import { whyNoSmallDisk } from './small-disk.ts'

const SET = '*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n'
const second = (at: number) => `#TS:${at}\r\n${SET.repeat(10)}`
const WRITTEN = second(1_000) + second(1_001) + second(1_002) + second(1_003)

/** Inflicts it on the files of a Redis that wrote for four seconds, and gives back what is left of them. */
async function inflict(injury: Injury, diedAt: number) {
  await using folder = await temporaryFolder('injuries')
  const log = join(folder.path, 'appendonlydir')
  await mkdir(log)
  await writeFile(join(log, 'appendonly.aof.manifest'), 'file appendonly.aof.1.incr.aof seq 1 type i\n')
  await writeFile(join(log, 'appendonly.aof.1.incr.aof'), WRITTEN)
  const proof = await injury.after?.({ dir: folder.path } as PrivateRedis, diedAt)
  return { proof, left: await readFile(join(log, 'appendonly.aof.1.incr.aof'), 'utf8') }
}

describe('on the files that a Redis leaves', () => {
  test('a power loss takes the last two seconds back, and no more', async () => {
    const { proof, left } = await inflict(powerLoss, 1_003_900)
    expect(left).toBe(second(1_000) + second(1_001))
    expect(proof).toMatchObject({ bit: true, detail: expect.stringContaining('to timestamp 1001') })
  })

  test('a power loss that found nothing to take back is not proven', async () => {
    const { proof, left } = await inflict(powerLoss, 1_009_000)
    expect(left).toBe(WRITTEN)
    expect(proof?.bit).toBe(false)
  })

  test('a torn end is a hundred bytes shorter, a corrupt middle as long and different', async () => {
    expect((await inflict(tailCut, 0)).left).toBe(WRITTEN.slice(0, -100))
    const { left } = await inflict(middleCorruption, 0)
    expect(left).toHaveLength(WRITTEN.length)
    expect(left).not.toBe(WRITTEN)
  })
})

const noDisk = await whyNoSmallDisk()

test.skipIf(noDisk !== null)(
  'a full disk refuses, is read meanwhile, comes back by itself and loses nothing',
  async () => {
    const { signal } = new AbortController()
    const run = await measureDiskFull(4 * 1_024 * 1_024, () => {}, signal)
    expect(run.refusal).toContain('MISCONF')
    expect(run.ping).toContain('MISCONF')
    expect(run.readable).toBe(1_000)
    expect(run.backSeconds).not.toBeNull()
    expect(run.onDisk).toMatchObject({ equal: run.acknowledged, missing: 0, altered: 0, unexpected: 0 })
  },
)
