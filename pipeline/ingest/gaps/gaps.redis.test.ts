import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { gatherReadiness } from '#kernel/http/readiness.ts'
import { createLog } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { cursorKey, GAP_FIELD, type Gap, gapStream, type StreamEvent } from '#pipeline/contract.ts'
import { createAppend } from '#pipeline/ingest/append/append.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import { aCommitFrame, aFrame, anErrorFrame } from '#test/support/firehose-frames.ts'
import { test } from '#test/support/redis.ts'
import { type ScriptedRelay, startScriptedRelay } from '#test/support/scripted-relay.ts'

const STREAM = 's'
const OUTDATED = aFrame('#info', { name: 'OutdatedCursor' })

const start = (redisUrl: string, relay: ScriptedRelay, options: Partial<IngesterOptions> = {}) =>
  startIngester({
    relay: relay.url,
    redisUrl,
    stream: STREAM,
    start: 'oldest',
    collections: ['*'],
    highWater: 100_000,
    batchEntries: 10,
    inFlightBytes: 1_000_000,
    log: createLog({ name: 'ingest', level: 'silent' }),
    tuning: { reconnect: { base: 10, cap: 50 }, retry: { base: 5, cap: 50 } },
    ...options,
  })

const commits = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    bytes: aCommitFrame(from + index),
  }))

async function gapsIn(redis: Redis): Promise<Gap[]> {
  const entries = await redis.xrange(gapStream(STREAM), '-', '+')
  return entries.map(([, [field, text]]) => {
    expect(field).toBe(GAP_FIELD)
    return JSON.parse(text ?? '') as Gap
  })
}

async function seqs(redis: Redis): Promise<number[]> {
  const entries = await redis.xrange(STREAM, '-', '+')
  return entries.map(([, [, text]]) => (JSON.parse(text ?? '') as StreamEvent).seq)
}

const untilCursor = (redis: Redis, relay: ScriptedRelay, seq: number) =>
  until(async () => (await redis.get(cursorKey(STREAM, relay.url))) === String(seq), {
    within: seconds(10),
    what: `cursor ${seq}`,
  })

describe('an append with a gap', () => {
  const target = { stream: STREAM, cursor: 'c', highWater: 10 }
  const gap: Gap = {
    host: 'h',
    reason: 'outdated-cursor',
    from: { seq: 1, time: null },
    to: { seq: Number.MAX_SAFE_INTEGER, time: null },
    noticedAt: '2026-01-02T03:04:05.678Z',
  }
  const batch = {
    fields: ['event'],
    commits: [{ seq: 9, values: ['{"seq":9}'] }],
    after: null,
    upTo: 9,
    gaps: [gap],
  }

  test('stores it once with the commits behind it, also when a lost reply is asked for again', async ({
    redis,
  }) => {
    const append = createAppend(redis, target)
    await append(batch)
    await append(batch)
    expect(await gapsIn(redis)).toEqual([gap])
    expect(await seqs(redis)).toEqual([9])
  })

  test('stores neither when it is refused', async ({ redis }) => {
    expect(await createAppend(redis, { ...target, highWater: 0 })(batch)).toMatchObject({
      outcome: 'high-water',
    })
    expect(await redis.exists(gapStream(STREAM), STREAM, 'c')).toBe(0)
  })
})

describe('a relay that has dropped what comes after the cursor', () => {
  test('leaves a gap with both ends, counted and told', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    await redis.set(cursorKey(STREAM, relay.url), '5')
    relay.say({ seq: 20, bytes: OUTDATED }, ...commits(20, 22))
    await using ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 22)
    expect(await gapsIn(redis)).toMatchObject([
      {
        host: relay.url.replace('ws://', ''),
        reason: 'outdated-cursor',
        from: { seq: 5, time: null },
        to: { seq: 20, time: '2026-01-02T03:04:05.678Z' },
      },
    ])
    expect(ingester.counts).toMatchObject({ gaps: { 'outdated-cursor': 1 }, openGaps: 1 })
    expect(await ingester.metrics.metrics()).toContain('standpipe_ingest_open_gaps{stream="s"} 1')
  })

  test('leaves none when the very next sequence follows', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    await redis.set(cursorKey(STREAM, relay.url), '5')
    relay.say({ seq: 6, bytes: OUTDATED }, ...commits(6, 8))
    await using _ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 8)
    expect(await gapsIn(redis)).toEqual([])
  })
})

describe('a cursor that is not there', () => {
  test('is a gap when the stream has been written', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    await redis.xadd(STREAM, '*', 'event', '{"seq":0}')
    relay.say(...commits(1, 3))
    await using _ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 3)
    expect(await gapsIn(redis)).toMatchObject([{ reason: 'no-cursor', to: { seq: 1 } }])
  })

  test('is none on the first day, though a group waits for the stream already', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    await redis.xgroup('CREATE', STREAM, 'g', '0', 'MKSTREAM')
    relay.say(...commits(1, 3))
    await using _ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 3)
    expect(await gapsIn(redis)).toEqual([])
  })

  test('is a gap when Redis forgot it while we ran', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 3))
    await using _ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 3)
    await redis.flushall()
    relay.say(...commits(4, 5))
    await untilCursor(redis, relay, 5)
    expect(await gapsIn(redis)).toMatchObject([
      { reason: 'cursor-vanished', from: { seq: null }, to: { seq: 1 } },
    ])
  })
})

describe('a relay that has not come as far as the cursor', () => {
  const aFutureCursor = { seq: 1_000_000, bytes: anErrorFrame('FutureCursor') }

  test('is waited for, and nobody is told that all is well', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    await redis.set(cursorKey(STREAM, relay.url), '900')
    relay.say(aFutureCursor)
    await using ingester = await start(server.url, relay)
    await until(() => ingester.counts.cursorAhead === 1, { within: seconds(5), what: 'a refusal' })
    const { cursor } = await gatherReadiness(ingester.probes)
    expect(cursor).toContain('the relay says')
    expect(await ingester.metrics.metrics()).toContain('standpipe_ingest_cursor_ahead{stream="s"} 1')
    relay.say(...commits(901, 902))
    await untilCursor(redis, relay, 902)
    expect(ingester.counts.cursorAhead).toBe(0)
    expect(await gapsIn(redis)).toEqual([])
  })

  test.for([
    { policy: 'oldest', cursors: [900, 0], stored: [1, 2, 3, 4] },
    { policy: 'live', cursors: [900, null], stored: [4] },
  ] as const)(
    'is begun anew at $policy with a gap',
    async ({ policy, cursors, stored }, { server, redis }) => {
      await using relay = await startScriptedRelay({ futureBeyond: 800 })
      await redis.set(cursorKey(STREAM, relay.url), '900')
      relay.say(...commits(1, 3))
      await using ingester = await start(server.url, relay, { onFutureCursor: policy })
      await until(() => ingester.counts.connected === 1 && relay.cursors.length === 2, {
        within: seconds(5),
        what: 'a second subscription',
      })
      relay.say(...commits(4, 4))
      await untilCursor(redis, relay, 4)
      expect(relay.cursors).toEqual(cursors)
      expect(await seqs(redis)).toEqual(stored)
      expect(await gapsIn(redis)).toMatchObject([
        { reason: 'future-cursor', from: { seq: 900 }, to: { seq: null, time: null } },
      ])
      expect(ingester.counts).toMatchObject({ cursorAhead: 0, openGaps: 1 })
    },
  )
})
