import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { hours } from '#kernel/time/duration.ts'
import { test } from '#test/support/redis.ts'
import { gatherGroups } from './gather-groups.ts'
import { readHorizon } from './read-horizon.ts'
import { trimStream } from './trim-stream.ts'
import { understandsAcked } from './trims-acked.ts'

const STREAM = 'events'

async function fill(redis: Redis, count: number): Promise<string[]> {
  const pipeline = redis.pipeline()
  for (let id = 1; id <= count; id += 1) pipeline.xadd(STREAM, `${id}-0`, 'event', '{}')
  await pipeline.exec()
  return Array.from({ length: count }, (_, index) => `${index + 1}-0`)
}

async function idsOf(redis: Redis): Promise<string[]> {
  return (await redis.xrange(STREAM, '-', '+')).map(([id]) => id)
}

async function trimOnce(redis: Redis): Promise<number> {
  const { horizon } = await readHorizon(redis, STREAM)
  return horizon.keepFrom === null ? 0 : trimStream(redis, STREAM, horizon)
}

/** The rule that lost data elsewhere: everything below the last delivered entry may go. */
async function trimBelowLastDelivered(redis: Redis): Promise<void> {
  const groups = await gatherGroups(redis, STREAM)
  for (const { lastDeliveredId } of groups) await redis.xtrim(STREAM, 'MINID', lastDeliveredId)
}

interface GroupHistory {
  /** How many entries were read. */
  readonly reads: number
  /** Which of them were acknowledged, by index. */
  readonly acknowledged: readonly number[]
}

const ENTRIES = 24

const aHistory: fc.Arbitrary<GroupHistory> = fc
  .nat(ENTRIES)
  .chain((reads) =>
    fc
      .subarray(Array.from({ length: reads }, (_, index) => index))
      .map((acknowledged) => ({ reads, acknowledged })),
  )

/** Plays the histories on a fresh stream; returns every entry that some group still needs. */
async function play(redis: Redis, histories: readonly GroupHistory[]): Promise<Set<string>> {
  await redis.del(STREAM)
  const ids = await fill(redis, ENTRIES)
  const needed = new Set<string>()
  for (const [index, { reads, acknowledged }] of histories.entries()) {
    const group = `g${index}`
    await redis.xgroup('CREATE', STREAM, group, '0')
    if (reads > 0) await redis.xreadgroup('GROUP', group, 'c', 'COUNT', reads, 'STREAMS', STREAM, '>')
    const done = acknowledged.map((at) => ids[at] ?? '')
    if (done.length > 0) await redis.xack(STREAM, group, ...done)
    for (const [at, id] of ids.entries()) if (at >= reads || !acknowledged.includes(at)) needed.add(id)
  }
  return needed
}

describe('trimming', () => {
  test('whatever the groups have done, no entry that one of them needs is removed, and what may go does', async ({
    redis,
  }) => {
    await redis.config('SET', 'stream-node-max-entries', '1')
    await fc.assert(
      fc.asyncProperty(fc.array(aHistory, { minLength: 1, maxLength: 3 }), async (histories) => {
        const needed = await play(redis, histories)
        await trimOnce(redis)
        const left = await idsOf(redis)
        expect([...needed].filter((id) => !left.includes(id))).toEqual([])
        const [oldestNeeded = `${ENTRIES + 1}-0`] = [...needed].toSorted(compareEntryIds)
        expect(left.filter((id) => compareEntryIds(id, oldestNeeded) < 0)).toEqual([])
      }),
      { numRuns: 60 },
    )
    await redis.config('SET', 'stream-node-max-entries', '100')
  })

  test('control: trimming below the last delivered entry removes entries that are needed', async ({
    redis,
  }) => {
    const needed = await play(redis, [{ reads: 5, acknowledged: [4] }])
    await trimBelowLastDelivered(redis)
    const left = await idsOf(redis)
    expect([...needed].filter((id) => !left.includes(id))).toEqual(['1-0', '2-0', '3-0', '4-0'])
    const replay = (await redis.xreadgroup('GROUP', 'g0', 'c', 'STREAMS', STREAM, '0')) as [
      string,
      [string, null][],
    ][]
    expect(replay[0]?.[1]).toEqual([
      ['1-0', null],
      ['2-0', null],
      ['3-0', null],
      ['4-0', null],
    ])
  })

  test('a stream without groups, and one that does not exist, are left alone', async ({ redis }) => {
    await fill(redis, 500)
    expect(await trimOnce(redis)).toBe(0)
    expect(await redis.xlen(STREAM)).toBe(500)
    await redis.del(STREAM)
    expect(await trimOnce(redis)).toBe(0)
    expect(await redis.exists(STREAM)).toBe(0)
  })

  test('more than one call may remove goes in one round', async ({ redis }) => {
    await fill(redis, 25_000)
    await redis.xgroup('CREATE', STREAM, 'g', '24900-0')
    expect(await trimOnce(redis)).toBe(24_900)
    expect(await redis.xlen(STREAM)).toBe(100)
  })

  test('control: a single call stops at its budget', async ({ redis }) => {
    await fill(redis, 25_000)
    await redis.xtrim(STREAM, 'MINID', '~', '24900-0')
    expect(await redis.xlen(STREAM)).toBeGreaterThan(14_000)
  })

  test('the group that holds back the rest is named', async ({ redis }) => {
    await play(redis, [
      { reads: 10, acknowledged: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
      { reads: 10, acknowledged: [0, 1] },
    ])
    const { horizon } = await readHorizon(redis, STREAM)
    expect(horizon).toEqual({ keepFrom: '3-0', pinnedBy: 'g1', floored: false, keepEntries: 0 })
  })

  test('as many entries as the floor says stay, and two trims at once do not take the surplus twice', async ({
    redis,
  }) => {
    await redis.config('SET', 'stream-node-max-entries', '1')
    await fill(redis, 300)
    await redis.xgroup('CREATE', STREAM, 'g', '300-0')
    const { horizon } = await readHorizon(redis, STREAM, { entries: 120 })
    if (horizon.keepFrom === null) throw new Error(horizon.because)
    const removed = await Promise.all([1, 2].map(() => trimStream(redis, STREAM, horizon)))
    expect(removed.toSorted((a, b) => a - b)).toEqual([0, 180])
    expect(await redis.xlen(STREAM)).toBe(120)
    expect(await trimStream(redis, STREAM, { ...horizon, keepEntries: 0 })).toBe(120)
    await redis.config('SET', 'stream-node-max-entries', '100')
  })

  test('what is younger than the floor stays, by the clock of Redis', async ({ redis }) => {
    for (let count = 0; count < 3; count += 1) await redis.xadd(STREAM, '*', 'event', '{}')
    await redis.xgroup('CREATE', STREAM, 'g', '$')
    const { horizon } = await readHorizon(redis, STREAM, { age: hours(1) })
    expect(horizon).toMatchObject({ pinnedBy: 'g', floored: true })
    const { horizon: without } = await readHorizon(redis, STREAM)
    expect(without).toMatchObject({ pinnedBy: 'g', floored: false })
  })

  test('a server that does not know ACKED says so, loses nothing by the question, and is trimmed without', async ({
    redis,
  }) => {
    await fill(redis, 500)
    await redis.xgroup('CREATE', STREAM, 'g', '300-0')
    const knows = await understandsAcked(redis, STREAM)
    const [, major, minor] = /redis_version:(\d+)\.(\d+)/.exec(await redis.info('server')) ?? []
    expect(knows).toBe(Number(major) > 8 || (Number(major) === 8 && Number(minor) >= 2))
    expect(await redis.xlen(STREAM)).toBe(500)
    expect(await trimOnce(redis)).toBe(300)
  })

  test('a cursor set beyond the end removes nothing, and trimming goes on once it is set back', async ({
    redis,
  }) => {
    await fill(redis, 500)
    await redis.xgroup('CREATE', STREAM, 'g', '300-0')
    await redis.xgroup('SETID', STREAM, 'g', '9999-0')
    expect(await trimOnce(redis)).toBe(0)
    expect(await redis.xlen(STREAM)).toBe(500)

    await redis.xgroup('SETID', STREAM, 'g', '300-0')
    expect(await trimOnce(redis)).toBe(300)
  })

  test('control: whoever believes that cursor removes what nobody has read', async ({ redis }) => {
    await fill(redis, 500)
    await redis.xgroup('CREATE', STREAM, 'g', '300-0')
    await redis.xgroup('SETID', STREAM, 'g', '9999-0')
    await trimBelowLastDelivered(redis)
    expect(await redis.xlen(STREAM)).toBe(0)
  })
})
