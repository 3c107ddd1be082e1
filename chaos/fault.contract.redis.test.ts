import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { readStream } from '#kernel/streams/read-stream.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { aDrillTarget, CURSOR } from '#test/support/drill-target.ts'
import { test } from '#test/support/redis.ts'
import type { Fault } from './fault.ts'
import { crowdMemory } from './faults/crowd-memory.ts'
import { fillMemory } from './faults/fill-memory.ts'
import { isFrozen } from './faults/freeze.ts'
import { futureCursor } from './faults/future-cursor.ts'
import { killConsumer } from './faults/kill-consumer.ts'
import { killIngester } from './faults/kill-ingester.ts'
import { killRedis } from './faults/kill-redis.ts'
import { loosenEviction } from './faults/loosen-eviction.ts'
import { moveStreamAway } from './faults/move-stream-away.ts'
import { pauseProcess } from './faults/pause-process.ts'
import { stuckCursor } from './faults/stuck-cursor.ts'
import { trimUnread } from './faults/trim-unread.ts'
import { withRedis } from './faults/with-redis.ts'
import type { Target } from './target.ts'

interface Case {
  readonly fault: Fault
  /** Whether the injury can be seen from outside. */
  readonly hurts: (target: Target) => Promise<boolean>
}

const consumerOf = ({ consumers }: Target) => consumers.get('indexer-1')

const CASES: readonly Case[] = [
  {
    fault: killRedis,
    hurts: ({ redisUrl }) =>
      connectRedis(redisUrl, { name: 'look', within: 300 }).then(
        (redis) => redis.disconnect() ?? false,
        () => true,
      ),
  },
  { fault: killConsumer('indexer-1'), hurts: async (target) => consumerOf(target)?.pid === null },
  { fault: killIngester, hurts: async ({ ingester }) => ingester?.pid === null },
  {
    fault: pauseProcess('indexer-1', consumerOf),
    hurts: async (target) => isFrozen(consumerOf(target)?.pid ?? 0),
  },
  {
    fault: fillMemory,
    hurts: ({ redisUrl }) =>
      withRedis(redisUrl, (redis) => redis.set('probe', 'x').then(() => false, isOutOfMemory)),
  },
  {
    fault: stuckCursor,
    hurts: ({ redisUrl, stream }) =>
      withRedis(redisUrl, async (redis) => {
        const [group] = await readGroups(redis, stream)
        const end = (await readStream(redis, stream))?.lastGeneratedId ?? ''
        return compareEntryIds(group?.lastDeliveredId ?? '0', end) > 0
      }),
  },
  {
    fault: crowdMemory,
    hurts: ({ redisUrl }) => withRedis(redisUrl, hasLimit),
  },
  {
    fault: loosenEviction,
    hurts: ({ redisUrl }) =>
      withRedis(redisUrl, async (redis) => (await redis.info('memory')).includes('policy:allkeys')),
  },
  {
    fault: moveStreamAway,
    hurts: ({ redisUrl, stream }) =>
      withRedis(redisUrl, async (redis) => (await readGroups(redis, stream)).length === 0),
  },
  {
    fault: trimUnread,
    hurts: ({ redisUrl, stream }) =>
      withRedis(redisUrl, async (redis) => {
        const { entriesAdded, length } = (await readStream(redis, stream)) ?? {}
        const [group] = await readGroups(redis, stream)
        return (entriesAdded ?? 0) - (length ?? 0) > (group?.entriesRead ?? 0)
      }),
  },
  {
    fault: futureCursor,
    hurts: ({ redisUrl }) =>
      withRedis(redisUrl, async (redis) => Number(await redis.get(CURSOR)) > 1_000_000),
  },
]

const hasLimit = async (redis: Redis) => !(await redis.info('memory')).includes('maxmemory:0')

const isOutOfMemory = (error: Error) => error.message.startsWith('OOM')

describe.each(CASES)('$fault.name', ({ fault, hurts }) => {
  test('strikes with a proof, and the lift undoes it, also when it comes twice', async ({
    server,
    redis,
  }) => {
    await using set = await aDrillTarget(server, redis)
    await using _flow = set.flow()
    await set.hold(3)
    const injury = fault.against(set.target)
    expect(await hurts(set.target)).toBe(false)

    const proof = await injury.inject(AbortSignal.timeout(seconds(15)))
    expect(proof).toMatchObject({ bit: true, detail: expect.stringMatching(/\d/) })
    expect(await hurts(set.target)).toBe(true)

    await injury.lift()
    expect(await hurts(set.target)).toBe(false)
    if (injury.confirm) expect(await injury.confirm()).toMatchObject({ bit: true })
    await injury.lift()
    expect(await hurts(set.target)).toBe(false)
    expect(await set.target.undo.open()).toEqual([])
  })

  test('is lifted without harm when it never struck', async ({ server, redis }) => {
    await using set = await aDrillTarget(server, redis)
    await fault.against(set.target).lift()
    expect(await hurts(set.target)).toBe(false)
    expect(await redis.xlen('live')).toBe(1)
  })

  test('is lifted without harm after an injection that failed', async ({ server, redis }) => {
    await using set = await aDrillTarget(server, redis)
    await using _flow = set.flow()
    await set.hold(3)
    const injury = fault.against(set.target)
    await expect(injury.inject(AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
    await injury.lift()
    expect(await hurts(set.target)).toBe(false)
  })

  test('honours an abort within a second', async ({ server, redis }) => {
    await using set = await aDrillTarget(server, redis)
    const injury = fault.against(set.target)
    const controller = new AbortController()
    const injected = injury.inject(controller.signal).catch(() => {})
    await until(async () => (await redis.dbsize()) > 0, { within: seconds(1), what: 'key' })
    const aborted = performance.now()
    controller.abort(new Error('stop'))
    await injected
    expect(performance.now() - aborted).toBeLessThan(1_000)
    await injury.lift()
    expect(await hurts(set.target)).toBe(false)
  })
})

describe('a fault that finds nothing to bite says so', () => {
  const signal = AbortSignal.timeout(seconds(60))

  test('a Redis, an ingester or a consumer that is down already', async ({ server, redis }) => {
    await using set = await aDrillTarget(server, redis)
    const nobody: Target = { ...set.target, redis: null, ingester: null, consumers: new Map() }
    for (const fault of [killRedis, killIngester, killConsumer('indexer-1')]) {
      expect(await fault.against(nobody).inject(signal)).toMatchObject({ bit: false })
    }
  })

  test('a stream that does not grow', async ({ server, redis }) => {
    await using set = await aDrillTarget(server, redis)
    const proof = await killRedis.against(set.target).inject(signal)
    expect(proof).toEqual({ bit: false, detail: 'live was not growing, so no append could be hit' })
    expect(server.pid).not.toBeNull()
  })

  test('a consumer that holds nothing', async ({ server, redis }) => {
    await using set = await aDrillTarget(server, redis)
    const injury = killConsumer('indexer-1', 300).against(set.target)
    expect(await injury.inject(signal)).toEqual({
      bit: false,
      detail: 'indexer-1 was never seen holding an unacknowledged entry',
    })
    expect(consumerOf(set.target)?.pid).not.toBeNull()
  })

  test('a Redis that would evict the stream instead of refusing writes', async ({ server, redis }) => {
    await using set = await aDrillTarget(server, redis)
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
    const proof = await fillMemory.against(set.target).inject(signal)
    await redis.config('SET', 'maxmemory-policy', 'noeviction')
    expect(proof.bit).toBe(false)
    expect(await redis.xlen('live')).toBe(1)
  })

  test('a stream without the group', async ({ server, redis }) => {
    await using set = await aDrillTarget(server, redis)
    await redis.xgroup('DESTROY', 'live', 'indexers')
    expect(await stuckCursor.against(set.target).inject(signal)).toMatchObject({ bit: false })
  })
})

test('a stuck cursor is set back to where it was, and what came meanwhile is delivered', async ({
  server,
  redis,
}) => {
  await using set = await aDrillTarget(server, redis)
  await set.hold(3)
  const injury = stuckCursor.against(set.target)
  await injury.inject(AbortSignal.timeout(seconds(5)))
  const id = await redis.xadd('live', '*', 'event', 'meanwhile')
  await injury.lift()
  const [group] = await readGroups(redis, 'live')
  expect(group?.lag).toBe(2)
  const [[, entries]] = (await redis.xreadgroup('GROUP', 'indexers', 'c', 'STREAMS', 'live', '>')) as [
    [string, [string, string[]][]],
  ]
  expect(entries.at(-1)?.[0]).toBe(id)
})
