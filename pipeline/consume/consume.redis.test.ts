import { describe, expect } from 'vitest'
import { DependencyError } from '#kernel/errors.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import {
  booksKey,
  deadLetterStream,
  LIVE_GROUP,
  LIVE_STREAM,
  type StreamEvent,
  settlementField,
} from '#pipeline/contract.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import { append, effects, pendingCount, test } from '#test/support/indexing.ts'
import { aCreateEvent, aDeleteEvent, anUpdateEvent, aRev } from '#test/support/stream-events.ts'

const someCreates = (count: number, from = 0): StreamEvent[] =>
  Array.from({ length: count }, (_, index) => {
    const number = from + index
    return aCreateEvent({
      seq: number,
      did: `did:plc:user${number % 7}`,
      rkey: `r${number}`,
      rev: aRev(number),
    })
  })

/** A sink whose commits wait, or fail, for as long as the gate says so. */
function gated(sink: Sink, gate: () => Promise<void>): Sink {
  return {
    ...sink,
    commit: (batch) => (batch.entries.length > 0 ? gate() : Promise.resolve()).then(() => sink.commit(batch)),
  }
}

const within = seconds(10)

describe('the ordinary course', () => {
  test('every entry takes effect once, in the order of its DID, and is acknowledged', async ({
    redis,
    database,
    index,
  }) => {
    const ids = await append(redis, someCreates(500))
    await using indexing = await index()
    const later = await append(redis, someCreates(500, 500))
    await until(async () => (await effects(database)).length === 1_000, { within, what: 'all effects' })
    await indexing.stop()

    const rows = await effects(database)
    expect(rows.filter(({ applied }) => !applied)).toEqual([])
    expect(rows.map(({ entry_id }) => entry_id).toSorted()).toEqual([...ids, ...later].toSorted())
    for (const revs of Map.groupBy(rows, ({ did }) => did).values()) {
      const order = revs.map(({ rev }) => rev)
      expect(order).toEqual(order.toSorted())
    }
    expect(await pendingCount(redis)).toBe(0)
    expect(await indexing.counted('standpipe_index_delivered_total')).toBe(1_000)
    expect(await indexing.counted('standpipe_index_acknowledged_total')).toBe(1_000)
    expect(await indexing.counted('standpipe_index_event_latency_seconds')).toBeGreaterThan(0)
  })

  test('replaying everything twice changes nothing', async ({ redis, database, index }) => {
    const events = [
      ...someCreates(50),
      anUpdateEvent({ did: 'did:plc:user1', rkey: 'r1', rev: aRev(100) }),
      aDeleteEvent({ did: 'did:plc:user2', rkey: 'r2', rev: aRev(101) }),
    ]
    const state = async () =>
      (await database.query('SELECT uri, rev, cid, deleted FROM record ORDER BY uri')).rows
    await using indexing = await index()
    await append(redis, events)
    await until(async () => (await effects(database)).length === 52, { within, what: 'first effects' })
    const before = await state()

    await append(redis, events)
    await append(redis, events)
    await until(async () => (await effects(database)).length === 156, {
      within,
      what: 'effects of the replays',
    })
    expect(await state()).toEqual(before)
    expect((await effects(database)).filter(({ applied }) => applied)).toHaveLength(52)
    expect(await indexing.counted('standpipe_index_superseded_total')).toBe(104)
  })

  test('nothing is acknowledged before the sink has committed it', async ({ redis, sink, index }) => {
    const gate = Promise.withResolvers<void>()
    await append(redis, someCreates(10))
    await using indexing = await index({ sink: gated(sink, () => gate.promise) })
    await until(async () => (await indexing.counted('standpipe_index_held_entries')) === 10, {
      within,
      what: 'entries held',
    })
    expect(await pendingCount(redis)).toBe(10)
    gate.resolve()
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
  })

  test('reading goes on while the sink commits, and no further than two batches ahead', async ({
    redis,
    sink,
    index,
  }) => {
    const gate = Promise.withResolvers<void>()
    await append(redis, someCreates(1_000))
    await using indexing = await index({ sink: gated(sink, () => gate.promise), readCount: 50 })
    await until(async () => (await pendingCount(redis)) === 150, { within, what: 'two batches read ahead' })
    await until(async () => (await indexing.counted('standpipe_index_held_entries')) === 150, {
      within,
      what: 'both of them held',
    })
    expect(await pendingCount(redis)).toBe(150)
    gate.resolve()
    await until(async () => (await indexing.counted('standpipe_index_acknowledged_total')) === 1_000, {
      within,
      what: 'everything acknowledged',
    })
  })
})

describe('coming back', () => {
  test('what an earlier life left pending comes first, then what is new', async ({
    redis,
    database,
    index,
  }) => {
    await redis.xgroup('CREATE', LIVE_STREAM, LIVE_GROUP, '0', 'MKSTREAM')
    await append(redis, someCreates(5))
    await redis.xreadgroup('GROUP', LIVE_GROUP, 'indexer-1', 'COUNT', 3, 'STREAMS', LIVE_STREAM, '>')
    await using _indexing = await index()
    await until(async () => (await effects(database)).length === 5, { within, what: 'old and new effects' })
    expect((await effects(database)).map(({ rkey }) => rkey)).toEqual(['r0', 'r1', 'r2', 'r3', 'r4'])
  })

  test('control: a reader that stays at its last ID after an empty history read never sees a new entry', async ({
    redis,
  }) => {
    await redis.xgroup('CREATE', LIVE_STREAM, LIVE_GROUP, '0', 'MKSTREAM')
    const [first = ''] = await append(redis, someCreates(1))
    await redis.xreadgroup('GROUP', LIVE_GROUP, 'c', 'STREAMS', LIVE_STREAM, '>')
    await redis.xack(LIVE_STREAM, LIVE_GROUP, first)
    await append(redis, someCreates(1))
    const read = (from: string) => redis.xreadgroup('GROUP', LIVE_GROUP, 'c', 'STREAMS', LIVE_STREAM, from)
    expect(await read(first)).toEqual([[LIVE_STREAM, []]])
    expect(await read('>')).toHaveLength(1)
  })

  test('pending entries without a body are counted as lost, acknowledged, and hold up nothing', async ({
    redis,
    database,
    index,
  }) => {
    await redis.xgroup('CREATE', LIVE_STREAM, LIVE_GROUP, '0', 'MKSTREAM')
    await append(redis, someCreates(5))
    await redis.xreadgroup('GROUP', LIVE_GROUP, 'indexer-1', 'COUNT', 3, 'STREAMS', LIVE_STREAM, '>')
    await redis.xtrim(LIVE_STREAM, 'MAXLEN', 3)
    await using indexing = await index()
    await until(async () => (await effects(database)).length === 3, {
      within,
      what: 'effects of what is left',
    })
    expect(await indexing.counted('standpipe_index_lost_bodies_total')).toBe(2)
    expect(await pendingCount(redis)).toBe(0)
  })

  test('a group that is destroyed is created where the sink stands: nothing again, nothing missed', async ({
    redis,
    database,
    index,
  }) => {
    await using indexing = await index()
    const ids = await append(redis, someCreates(20))
    await until(async () => (await effects(database)).length === 20, { within, what: 'effects before' })
    await until(
      async () =>
        (await database.query<{ last_id: string }>('SELECT last_id FROM position')).rows[0]?.last_id ===
        ids.at(-1),
      { within, what: 'stored position' },
    )
    await redis.xgroup('DESTROY', LIVE_STREAM, LIVE_GROUP)
    await append(redis, someCreates(20, 20))
    await until(async () => (await effects(database)).length >= 40, { within, what: 'effects after' })
    expect(await effects(database)).toHaveLength(40)
    expect((await effects(database)).every(({ applied }) => applied)).toBe(true)
    expect(await indexing.counted('standpipe_index_groups_created_total')).toBe(2)
  })

  test('a group that is gone while memory is full is created where the sink stands', async ({
    redis,
    database,
    index,
  }) => {
    await using indexing = await index()
    const ids = await append(redis, someCreates(20))
    await until(
      async () =>
        (await database.query<{ last_id: string }>('SELECT last_id FROM position')).rows[0]?.last_id ===
        ids.at(-1),
      { within, what: 'stored position' },
    )
    await append(redis, someCreates(20, 20))
    await redis.config('SET', 'maxmemory', '1')
    try {
      await redis.xgroup('DESTROY', LIVE_STREAM, LIVE_GROUP)
      const control = redis.xgroup('CREATE', LIVE_STREAM, 'control', '0')
      await expect(control).rejects.toThrow('OOM')
      await until(async () => (await indexing.counted('standpipe_index_groups_created_total')) === 2, {
        within,
        what: 'second creation',
      })
      await until(async () => (await effects(database)).length >= 40, { within, what: 'all effects' })
    } finally {
      await redis.config('SET', 'maxmemory', '0')
    }
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
    expect(new Set((await effects(database)).map(({ rkey }) => rkey)).size).toBe(40)
  })

  test('a group that cannot be created is tried again until it can', async ({ redis, database, index }) => {
    await redis.set(LIVE_STREAM, 'occupied')
    await using indexing = await index()
    await until(async () => (await indexing.counted('standpipe_index_redis_errors_total')) >= 2, {
      within,
      what: 'errors',
    })
    await redis.del(LIVE_STREAM)
    await append(redis, someCreates(3))
    await until(async () => (await effects(database)).length === 3, { within, what: 'effects' })
  })

  test('after a failover to a replica that lags, nothing is skipped', async ({ redis, database, index }) => {
    await using _indexing = await index()
    const ids = await append(redis, someCreates(10))
    await until(async () => (await pendingCount(redis)) === 0 && (await effects(database)).length === 10, {
      within,
      what: 'effects before',
    })
    // What a replica that has not heard of the end looks like: fewer entries, an older last ID, no group.
    const kept = (await redis.xrange(LIVE_STREAM, '-', '+')).slice(0, 5)
    await redis.del(LIVE_STREAM)
    for (const [id, fields] of kept) await redis.xadd(LIVE_STREAM, id, ...fields)
    await append(redis, someCreates(10, 5))
    await until(async () => new Set((await effects(database)).map(({ rkey }) => rkey)).size === 15, {
      within,
      what: 'everything',
    })
    expect((await effects(database)).filter(({ applied }) => applied)).toHaveLength(15)
    expect(ids).toHaveLength(10)
  })

  test('a position from another stream of this name is not believed', async ({
    redis,
    sink,
    database,
    index,
  }) => {
    await sink.commit({ entries: [], position: '99999999999999-0' })
    await append(redis, someCreates(3))
    await using _indexing = await index()
    await until(async () => (await effects(database)).length === 3, {
      within,
      what: 'effects from the start',
    })
  })

  test('after FLUSHALL the consumer goes on with what is added next', async ({ redis, database, index }) => {
    await using _indexing = await index()
    await append(redis, someCreates(3))
    await until(async () => (await effects(database)).length === 3, { within, what: 'effects before' })
    await redis.flushall()
    await append(redis, someCreates(3, 3))
    await until(async () => (await effects(database)).length === 6, { within, what: 'effects after' })
  })

  test('a Redis that is killed and started again is waited for, and nothing is lost', async ({
    redis,
    server,
    database,
    index,
  }) => {
    await using indexing = await index({ readCount: 20 })
    await append(redis, someCreates(300))
    await until(async () => (await effects(database)).length > 40, {
      within,
      what: 'first effects',
      every: 1,
    })
    await server.kill('SIGKILL')
    await until(async () => (await indexing.counted('standpipe_index_redis_errors_total')) > 0, {
      within,
      what: 'error',
    })
    await server.start()
    await until(async () => new Set((await effects(database)).map(({ rkey }) => rkey)).size === 300, {
      within,
      what: 'all effects',
    })
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
    expect((await effects(database)).filter(({ applied }) => applied)).toHaveLength(300)
  })
})

describe('a sink in trouble', () => {
  test('one that is out of reach is waited for: nothing is acknowledged, nothing becomes a dead letter', async ({
    redis,
    sink,
    database,
    index,
  }) => {
    let down = true
    const flaky = gated(sink, async () => {
      if (down) throw Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })
    })
    await append(redis, someCreates(400))
    await using indexing = await index({ sink: flaky })
    await until(async () => (await indexing.counted('standpipe_index_sink_retries_total')) >= 3, {
      within,
      what: 'retries',
    })
    expect(await indexing.counted('standpipe_index_acknowledged_total')).toBe(0)
    expect(await pendingCount(redis)).toBe(300)
    down = false
    await until(async () => (await effects(database)).length === 400, { within, what: 'all effects' })
    expect(await redis.exists(deadLetterStream(LIVE_STREAM))).toBe(0)
  })

  test('an entry that it refuses becomes a dead letter, and the others of its batch do not', async ({
    redis,
    database,
    index,
  }) => {
    const tooLong = Array.from({ length: 9_000 }, () =>
      String.fromCharCode(33 + Math.floor(Math.random() * 90)),
    )
    const bad = aCreateEvent({ seq: 7, rkey: tooLong.join('') })
    const ids = await append(redis, [...someCreates(10), bad, ...someCreates(10, 10)])
    await using indexing = await index({ maxFailures: 2 })
    await until(async () => (await effects(database)).length === 20, {
      within,
      what: 'effects of the others',
    })
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
    const letters = await redis.xrange(deadLetterStream(LIVE_STREAM), '-', '+')
    expect(letters).toHaveLength(1)
    expect(toFields(letters[0]?.[1])).toMatchObject({
      reason: 'refused-by-sink',
      attempts: '2',
      stream: LIVE_STREAM,
      id: ids[10],
      group: LIVE_GROUP,
      consumer: 'indexer-1',
      'field:event': JSON.stringify(bad),
    })
    expect(await indexing.counted('standpipe_index_dead_letters_total')).toBe(1)
  })
})

describe('poison', () => {
  test('what cannot be read is kept as a dead letter, byte for byte, and holds up nothing', async ({
    redis,
    database,
    index,
  }) => {
    const bytes = Buffer.from([0xff, 0x00, 0x7b])
    await redis.xadd(LIVE_STREAM, '*', 'event', bytes, 'reason', 'mine')
    await redis.xadd(LIVE_STREAM, '*', 'data', '{}')
    await redis.xadd(LIVE_STREAM, '*', 'event', '{"type":"tombstone"}')
    await redis.xadd(LIVE_STREAM, '*', 'event', '{"type":"create","seq":1}')
    await append(redis, someCreates(3))
    await using indexing = await index()
    await until(async () => (await effects(database)).length === 3, { within, what: 'effects of the others' })
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })

    const letters = await redis.xrangeBuffer(deadLetterStream(LIVE_STREAM), '-', '+')
    const reasons = letters.map(([, fields]) => String(fields[1]))
    expect(reasons).toEqual(['not-json', 'no-event-field', 'unknown-event', 'malformed-event'])
    const first = letters[0]?.[1] ?? []
    expect(first[first.findIndex((part) => String(part) === 'field:event') + 1]).toEqual(bytes)
    expect(toFields(first.map(String))).toMatchObject({
      reason: 'not-json',
      'field:reason': 'mine',
      attempts: '1',
    })
    expect(await indexing.counted('standpipe_index_dead_letters_total')).toBe(4)
  })

  test('a Redis that is full still takes a dead letter', async ({ redis, index }) => {
    await redis.xgroup('CREATE', LIVE_STREAM, LIVE_GROUP, '0', 'MKSTREAM')
    await redis.xgroup('CREATECONSUMER', LIVE_STREAM, LIVE_GROUP, 'indexer-1')
    await redis.xadd(LIVE_STREAM, '*', 'event', 'nonsense')
    await redis.config('SET', 'maxmemory', '1')
    try {
      await expect(redis.xadd(LIVE_STREAM, '*', 'event', 'x')).rejects.toThrow('OOM')
      await using _indexing = await index()
      await until(async () => (await redis.xlen(deadLetterStream(LIVE_STREAM))) === 1, {
        within,
        what: 'dead letter',
      })
      expect(await pendingCount(redis)).toBe(0)
    } finally {
      await redis.config('SET', 'maxmemory', '0')
    }
  })

  test('a dead-letter key of another type costs no entry', async ({ redis, index }) => {
    await redis.set(deadLetterStream(LIVE_STREAM), 'occupied')
    await redis.xadd(LIVE_STREAM, '*', 'event', 'nonsense')
    await using indexing = await index()
    await until(async () => (await indexing.counted('standpipe_index_redis_errors_total')) > 0, {
      within,
      what: 'error',
    })
    expect(await pendingCount(redis)).toBe(1)
    await redis.del(deadLetterStream(LIVE_STREAM))
    await until(async () => (await redis.xlen(deadLetterStream(LIVE_STREAM))) === 1, {
      within,
      what: 'dead letter',
    })
    expect(await pendingCount(redis)).toBe(0)
  })
})

test('the books say of every entry what became of it', async ({ redis, database, index }) => {
  await redis.xgroup('CREATE', LIVE_STREAM, LIVE_GROUP, '0', 'MKSTREAM')
  await append(redis, someCreates(5))
  await redis.xreadgroup('GROUP', LIVE_GROUP, 'indexer-1', 'COUNT', 3, 'STREAMS', LIVE_STREAM, '>')
  await redis.xtrim(LIVE_STREAM, 'MAXLEN', 3)
  await redis.xadd(LIVE_STREAM, '*', 'event', 'nonsense')
  await using _indexing = await index()
  await until(async () => (await effects(database)).length === 3, { within, what: 'effects' })
  await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
  const books = await redis.hgetall(booksKey(LIVE_STREAM))
  expect(books).toMatchObject({
    [settlementField('acknowledged', LIVE_GROUP)]: '3',
    [settlementField('dead-lettered', LIVE_GROUP)]: '1',
    [settlementField('lost-bodies', LIVE_GROUP)]: '2',
  })
})

describe('draining', () => {
  test('what is in hand is finished and acknowledged, the rest stays unread', async ({
    redis,
    sink,
    database,
    index,
  }) => {
    const gate = Promise.withResolvers<void>()
    await append(redis, someCreates(1_000))
    await using indexing = await index({ sink: gated(sink, () => gate.promise), readCount: 50 })
    await until(async () => (await pendingCount(redis)) === 150, { within, what: 'entries in hand' })
    const stopped = indexing.stop()
    gate.resolve()
    await stopped
    expect(await pendingCount(redis)).toBe(0)
    const rows = await effects(database)
    expect(rows.length).toBeGreaterThanOrEqual(150)
    expect(rows.length).toBeLessThan(1_000)
    expect(await indexing.counted('standpipe_index_acknowledged_total')).toBe(rows.length)
  })

  test.for([
    ['is down', () => Promise.reject(new Error('connection refused'))],
    ['never answers', () => new Promise<void>(() => {})],
  ] as const)(
    'a sink that %s is reported in time, and the entries stay pending',
    async ([, gate], { redis, sink, index }) => {
      await append(redis, someCreates(10))
      await using indexing = await index({ sink: gated(sink, gate), drainWithin: 200 })
      await until(async () => (await pendingCount(redis)) === 10, { within, what: 'entries in hand' })
      const error = await indexing.stop().then(
        () => null,
        (reason: unknown) => reason,
      )
      expect(error).toBeInstanceOf(DependencyError)
      expect(String(error)).toContain('stopped with 10 entries of firehose_live unacknowledged')
      expect(await pendingCount(redis)).toBe(10)
    },
  )
})

function toFields(parts: readonly string[] = []): Record<string, string> {
  const pairs = parts.flatMap((part, at) => (at % 2 === 0 ? [[part, parts[at + 1] ?? '']] : []))
  return Object.fromEntries(pairs) as Record<string, string>
}
