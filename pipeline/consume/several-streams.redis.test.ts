import { describe, expect } from 'vitest'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { BACKFILL_STREAM, LIVE_GROUP, LIVE_STREAM, type StreamEvent } from '#pipeline/contract.ts'
import { postgresSink } from '#pipeline/sinks/postgres/postgres-sink.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import { append, effects, pendingCount, test } from '#test/support/indexing.ts'
import { aCreateEvent, aRev } from '#test/support/stream-events.ts'

const within = seconds(20)

const someCreates = (prefix: string, count: number): StreamEvent[] =>
  Array.from({ length: count }, (_, number) =>
    aCreateEvent({ did: `did:plc:user${number % 7}`, rkey: `${prefix}${number}`, rev: aRev(number) }),
  )

/** Tells of every commit of entries before it begins. */
function watched(sink: Sink, onBegin: () => Promise<void>): Sink {
  return {
    ...sink,
    async commit(batch) {
      if (batch.entries.length > 0) await onBegin()
      return sink.commit(batch)
    },
  }
}

const options = { stream: BACKFILL_STREAM, group: LIVE_GROUP, lanes: null, recordEffects: true }

describe('several streams', () => {
  test('the less urgent one waits while the other has entries, and starves never', async ({
    redis,
    sink,
    database,
    index,
  }) => {
    const backfill = await postgresSink(database, options)
    await append(redis, someCreates('live', 1_000))
    await append(redis, someCreates('old', 200), BACKFILL_STREAM)
    const order: string[] = []
    const note = (name: string) => async () => {
      order.push(name)
      // Both have read ahead by the time the first commit goes on.
      if (order.length === 1) {
        await until(async () => (await pendingCount(redis, BACKFILL_STREAM)) > 0, { within, what: 'a read' })
      }
    }
    await using _indexing = await index({
      sink: watched(sink, note('live')),
      others: { [BACKFILL_STREAM]: watched(backfill, note('old')) },
      readCount: 10,
    })
    await until(async () => (await effects(database)).length === 1_200, { within, what: 'all effects' })
    const lastLive = order.lastIndexOf('live')
    const turns = order.slice(0, lastLive).filter((name) => name === 'old').length
    expect(turns).toBeGreaterThan(2)
    expect(turns).toBeLessThan(order.slice(0, lastLive).length / 4)
    expect(await pendingCount(redis)).toBe(0)
    expect(await pendingCount(redis, BACKFILL_STREAM)).toBe(0)
  })

  test('a DID is worked on once at a time, whichever stream speaks of it', async ({
    redis,
    sink,
    database,
    index,
  }) => {
    const backfill = await postgresSink(database, options)
    let inFlight: Set<string>[] = []
    let collisions = 0
    let most = 0
    const guarded = (inner: Sink): Sink => ({
      ...inner,
      lanes: 4,
      async commit(batch) {
        const dids = new Set(batch.entries.map(({ event }) => ('did' in event ? event.did : '')))
        if (inFlight.some((others) => !others.isDisjointFrom(dids))) collisions += 1
        inFlight.push(dids)
        most = Math.max(most, inFlight.length)
        try {
          return await inner.commit(batch)
        } finally {
          inFlight = inFlight.filter((others) => others !== dids)
        }
      },
    })
    await append(redis, someCreates('live', 300))
    await append(redis, someCreates('old', 300), BACKFILL_STREAM)
    await using _indexing = await index({
      sink: guarded(sink),
      others: { [BACKFILL_STREAM]: guarded(backfill) },
      readCount: 10,
    })
    await until(async () => (await effects(database)).length === 600, { within, what: 'all effects' })
    expect(most).toBeGreaterThan(1)
    expect(collisions).toBe(0)
  })

  test('each has its own position', async ({ redis, sink, database, index }) => {
    const backfill = await postgresSink(database, options)
    const live = await append(redis, someCreates('live', 5))
    const old = await append(redis, someCreates('old', 5), BACKFILL_STREAM)
    await using indexing = await index({ sink, others: { [BACKFILL_STREAM]: backfill } })
    await until(async () => (await effects(database)).length === 10, { within, what: 'all effects' })
    await indexing.stop()
    expect(await sink.position()).toBe(live.at(-1))
    expect(await backfill.position()).toBe(old.at(-1))
    expect(await redis.exists(LIVE_STREAM)).toBe(1)
  })
})

test('labels have their own stream and group: negations are kept, the latest counts, broken ones become dead letters', async ({
  redis,
  sink,
  database,
  index,
}) => {
  const label = { src: 'did:plc:labeler', uri: 'at://did:plc:a/app.bsky.feed.post/1', val: 'spam' }
  const add = (event: unknown) => redis.xadd('label_live', '*', 'event', JSON.stringify(event))
  await add({ type: 'label', label: { ...label, cts: '2026-01-01T00:00:01Z' } })
  await add({ type: 'label', label: { ...label, cts: '2026-01-01T00:00:02Z', neg: true } })
  await add({ type: 'label', label: { ...label, cts: '2026-01-01T00:00:01Z' } })
  await add({ type: 'label', label: { ...label, cts: 'yesterday' } })
  const labels = await postgresSink(database, { ...options, stream: 'label_live' })
  await using _indexing = await index({ sink, others: { label_live: labels } })
  await until(async () => (await effects(database)).length === 3, { within, what: 'all labels' })
  await until(async () => (await pendingCount(redis, 'label_live')) === 0, {
    within,
    what: 'acknowledgement',
  })
  const { rows } = await database.query('SELECT src, val, neg FROM label')
  expect(rows).toEqual([{ src: label.src, val: 'spam', neg: true }])
  expect(await redis.xlen('label_live:dead-letters')).toBe(1)
})
