import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { LIVE_GROUP, LIVE_STREAM, type StreamEvent } from '#pipeline/contract.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import { append, effects, pendingCount, test } from '#test/support/indexing.ts'
import { aCreateEvent, aRev } from '#test/support/stream-events.ts'
import { claimIdle } from './claim-idle.ts'
import { keepClaims } from './keep-claims.ts'

const within = seconds(10)
const claimSoon = 300

const someCreates = (count: number): StreamEvent[] =>
  Array.from({ length: count }, (_, number) =>
    aCreateEvent({ seq: number, did: `did:plc:user${number}`, rkey: `r${number}`, rev: aRev(number) }),
  )

/** Entries that a consumer was handed and never worked on, because it died. */
async function leftBehind(redis: Redis, consumer: string, count: number): Promise<string[]> {
  await redis.xgroup('CREATE', LIVE_STREAM, LIVE_GROUP, '0', 'MKSTREAM')
  const ids = await append(redis, someCreates(count))
  await redis.xreadgroup('GROUP', LIVE_GROUP, consumer, 'COUNT', count, 'STREAMS', LIVE_STREAM, '>')
  return ids
}

async function holders(redis: Redis): Promise<string[]> {
  const pending = (await redis.xpending(LIVE_STREAM, LIVE_GROUP, '-', '+', 1_000)) as [string, string][]
  return [...new Set(pending.map(([, consumer]) => consumer))]
}

describe('entries of a dead consumer', () => {
  test('are claimed and worked on, page by page to the end', async ({ redis, database, index }) => {
    const ids = await leftBehind(redis, 'dead', 350)
    await using indexing = await index({ claimIdle: claimSoon })
    await until(async () => (await effects(database)).length === 350, {
      within,
      what: 'effects of what was claimed',
    })
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
    expect((await effects(database)).map(({ entry_id }) => entry_id).toSorted()).toEqual(ids.toSorted())
    expect(await indexing.counted('standpipe_index_reclaimed_total')).toBe(350)
  })

  test('control: claiming and acknowledging without working on them leaves nothing to work on', async ({
    redis,
    database,
    index,
  }) => {
    await leftBehind(redis, 'dead', 5)
    const [, entries] = (await redis.xautoclaim(LIVE_STREAM, LIVE_GROUP, 'healer', 0, '0-0')) as [
      string,
      [string][],
    ]
    await redis.xack(LIVE_STREAM, LIVE_GROUP, ...entries.map(([id]) => id))
    await using indexing = await index({ claimIdle: claimSoon })
    await append(redis, someCreates(1))
    await until(async () => (await effects(database)).length === 1, {
      within,
      what: 'effect of the new entry',
    })
    expect(await indexing.counted('standpipe_index_reclaimed_total')).toBe(0)
  })

  test('whose body is gone are counted as lost', async ({ redis, index }) => {
    await leftBehind(redis, 'dead', 5)
    await redis.xtrim(LIVE_STREAM, 'MAXLEN', 2)
    await using indexing = await index({ claimIdle: claimSoon })
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'empty pending list' })
    expect(await indexing.counted('standpipe_index_lost_bodies_total')).toBe(3)
    expect(await indexing.counted('standpipe_index_reclaimed_total')).toBe(2)
  })
})

describe('entries of a living consumer', () => {
  /** A sink that never commits until told to. */
  const stuck = (sink: Sink, gate: Promise<void>): Sink => ({
    ...sink,
    commit: (batch) => gate.then(() => sink.commit(batch)),
  })

  test('are not claimed, however long the sink takes', async ({ redis, sink, database, index }) => {
    const gate = Promise.withResolvers<void>()
    await append(redis, someCreates(20))
    await using slow = await index({
      consumer: 'slow',
      sink: stuck(sink, gate.promise),
      claimIdle: claimSoon,
    })
    await until(async () => (await pendingCount(redis)) === 20, { within, what: 'entries in hand' })
    await using eager = await index({ consumer: 'eager', claimIdle: claimSoon })
    const startedAt = Date.now()
    await until(() => Date.now() - startedAt > 4 * claimSoon, { within, what: 'four times the idle limit' })
    expect(await holders(redis)).toEqual(['slow'])
    expect(await eager.counted('standpipe_index_reclaimed_total')).toBe(0)
    gate.resolve()
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
    expect(await effects(database)).toHaveLength(20)
    expect(await slow.counted('standpipe_index_acknowledged_total')).toBe(20)
  })

  test('control: without a sign of life they are', async ({ redis }) => {
    await leftBehind(redis, 'slow', 3)
    const member = { stream: LIVE_STREAM, group: LIVE_GROUP, consumer: 'eager' }
    await until(async () => (await claimIdle(redis, member, 50, '0-0')).entries.length === 3, {
      within,
      what: 'claim',
    })
    expect(await holders(redis)).toEqual(['eager'])
  })

  test('a sign of life counts no delivery and takes nothing back', async ({ redis }) => {
    const [first = '', second = '', third = ''] = await leftBehind(redis, 'slow', 3)
    const slow = { stream: LIVE_STREAM, group: LIVE_GROUP, consumer: 'slow' }
    await redis.xclaim(LIVE_STREAM, LIVE_GROUP, 'eager', 0, second)
    await redis.xack(LIVE_STREAM, LIVE_GROUP, third)

    expect(await keepClaims(redis, slow, [first, second, third])).toEqual([second, third])
    const pending = (await redis.xpending(LIVE_STREAM, LIVE_GROUP, '-', '+', 10)) as [
      string,
      string,
      number,
      number,
    ][]
    expect(pending.map(([id, consumer, , deliveries]) => [id, consumer, deliveries])).toEqual([
      [first, 'slow', 1],
      [second, 'eager', 2],
    ])
  })

  test('a consumer that was away gives up what another has claimed, unless it is committing', async ({
    redis,
    sink,
    database,
    index,
  }) => {
    const gate = Promise.withResolvers<void>()
    await append(redis, someCreates(20))
    // Ten are in the commit, ten are queued behind it.
    await using slow = await index({
      consumer: 'slow',
      sink: stuck(sink, gate.promise),
      claimIdle: claimSoon,
      readCount: 10,
    })
    await until(async () => (await pendingCount(redis)) === 20, { within, what: 'entries in hand' })
    const pending = (await redis.xpending(LIVE_STREAM, LIVE_GROUP, '-', '+', 20)) as [string][]
    await redis.xclaim(LIVE_STREAM, LIVE_GROUP, 'other', 0, ...pending.map(([id]) => id))

    await until(async () => (await slow.counted('standpipe_index_fenced_total')) === 10, {
      within,
      what: 'entries given up',
    })
    gate.resolve()
    await until(async () => (await effects(database)).length === 10, { within, what: 'the commit under way' })
    await until(async () => (await pendingCount(redis)) === 10, { within, what: 'acknowledgement' })
    expect(await holders(redis)).toEqual(['other'])
  })

  test('a late consumer acknowledges only what it committed itself, so the other may die and nothing is lost', async ({
    redis,
    sink,
    database,
    index,
  }) => {
    const gate = Promise.withResolvers<void>()
    await append(redis, someCreates(10))
    await using late = await index({ consumer: 'late', sink: stuck(sink, gate.promise) })
    await until(async () => (await pendingCount(redis)) === 10, { within, what: 'entries in hand' })
    const pending = (await redis.xpending(LIVE_STREAM, LIVE_GROUP, '-', '+', 10)) as [string][]
    await redis.xclaim(LIVE_STREAM, LIVE_GROUP, 'other', 0, ...pending.map(([id]) => id))
    // `other` dies here, before it commits anything.
    gate.resolve()
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
    expect((await effects(database)).filter(({ applied }) => applied)).toHaveLength(10)
    await late.stop()
  })

  test('both working on the same entries is two deliveries and one effect', async ({
    redis,
    sink,
    database,
    index,
  }) => {
    const gate = Promise.withResolvers<void>()
    await append(redis, someCreates(10))
    await using _late = await index({ consumer: 'late', sink: stuck(sink, gate.promise) })
    await until(async () => (await pendingCount(redis)) === 10, { within, what: 'entries in hand' })
    const pending = (await redis.xpending(LIVE_STREAM, LIVE_GROUP, '-', '+', 10)) as [string][]
    await redis.xclaim(LIVE_STREAM, LIVE_GROUP, 'other', 0, ...pending.map(([id]) => id))
    await using _other = await index({ consumer: 'other' })
    await until(async () => (await effects(database)).length === 10, { within, what: 'effects of the other' })
    gate.resolve()
    await until(async () => (await effects(database)).length === 20, { within, what: 'the late commit' })
    const rows = await effects(database)
    expect(rows.slice(0, 10).every(({ applied }) => applied)).toBe(true)
    expect(rows.slice(10).some(({ applied }) => applied)).toBe(false)
    expect(await pendingCount(redis)).toBe(0)
  })
})
