import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { UsageError } from '#kernel/errors.ts'
import { createLog } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { cursorKey, gapStream, type StreamEvent } from '#pipeline/contract.ts'
import { DIALECTS } from '#pipeline/dialects/dialects.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import { aCommitFrame, aFrame } from '#test/support/firehose-frames.ts'
import { test } from '#test/support/redis.ts'
import { type ScriptedRelay, startScriptedRelay } from '#test/support/scripted-relay.ts'

const STREAM = 's'
const within = seconds(10)

const start = (redisUrl: string, relays: readonly ScriptedRelay[], options: Partial<IngesterOptions> = {}) =>
  startIngester({
    relay: relays.map(({ url }) => url).join(','),
    relayMode: 'merge',
    redisUrl,
    stream: STREAM,
    start: 'oldest',
    collections: ['*'],
    highWater: 100_000,
    batchEntries: 4,
    inFlightBytes: 1_000_000,
    log: createLog({ name: 'ingest', level: 'silent' }),
    tuning: { reconnect: { base: 5, cap: 20 }, retry: { base: 5, cap: 50 } },
    ...options,
  })

const rev = (at: number) => `3k${String(at).padStart(11, '0')}`

/** The same commits as every relay has them, numbered as this one does. */
const commits = (from: number, to: number, offset: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: offset + from + index,
    bytes: aCommitFrame(offset + from + index, [{ path: `app.bsky.feed.post/r${from + index}` }], {
      rev: rev(from + index),
    }),
  }))

async function revs(redis: Redis): Promise<string[]> {
  const entries = await redis.xrange(STREAM, '-', '+')
  return entries.map(([, [, text]]) => (JSON.parse(text ?? '') as StreamEvent & { rev: string }).rev)
}

const revsOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => rev(from + index))

const cursorOf = async (redis: Redis, relay: ScriptedRelay) =>
  Number(await redis.get(cursorKey(STREAM, relay.url)))

test('what two relays bring is stored once and in order, each behind a cursor of its own', async ({
  server,
  redis,
}) => {
  await using first = await startScriptedRelay()
  await using second = await startScriptedRelay()
  await using ingester = await start(server.url, [first, second])
  await until(() => ingester.counts.connected === 2, { within, what: 'two subscriptions' })
  for (let at = 1; at <= 60; at += 10) {
    first.say(...commits(at, at + 9, 0))
    second.say(...commits(at, at + 9, 5_000))
  }
  await until(
    async () => (await cursorOf(redis, first)) === 60 && (await cursorOf(redis, second)) === 5_060,
    { within, what: 'both cursors' },
  )
  expect(await revs(redis)).toEqual(revsOf(1, 60))
  const { duplicates } = ingester.counts
  expect([...duplicates.values()].reduce((sum, count) => sum + count, 0)).toBe(60)
  expect(await ingester.metrics.metrics()).toContain(
    'standpipe_ingest_duplicates_total{stream="s",host="127.0',
  )
})

test('the death of one is not noticed in the stream, and its late return adds nothing', async ({
  server,
  redis,
}) => {
  const first = await startScriptedRelay()
  await using second = await startScriptedRelay()
  await using ingester = await start(server.url, [first, second])
  first.say(...commits(1, 20, 0))
  second.say(...commits(1, 10, 5_000))
  await until(async () => (await cursorOf(redis, first)) === 20, { within, what: 'the first' })
  await first[Symbol.asyncDispose]()
  second.say(...commits(11, 40, 5_000))
  await until(async () => (await cursorOf(redis, second)) === 5_040, { within, what: 'the second' })
  expect(await revs(redis)).toEqual(revsOf(1, 40))
  expect(ingester.counts).toMatchObject({ switches: 0, connected: 1 })
  expect(await redis.exists(gapStream(STREAM))).toBe(0)
})

test('what one relay never had comes from the other', async ({ server, redis }) => {
  await using first = await startScriptedRelay()
  await using second = await startScriptedRelay()
  await using _ingester = await start(server.url, [first, second])
  first.say(...commits(1, 5, 0), ...commits(9, 10, 0))
  await until(async () => (await cursorOf(redis, first)) === 10, { within, what: 'the first' })
  second.say(...commits(1, 10, 5_000))
  await until(async () => (await cursorOf(redis, second)) === 5_010, { within, what: 'the second' })
  expect((await revs(redis)).toSorted()).toEqual(revsOf(1, 10))
})

test('a frame of which a part was rejected stands for no other', async ({ server, redis }) => {
  await using first = await startScriptedRelay()
  await using second = await startScriptedRelay()
  await using _ingester = await start(server.url, [first, second])
  first.say({ seq: 1, bytes: aCommitFrame(1, [{ withoutBlock: true }], { rev: rev(1) }) })
  await until(async () => (await cursorOf(redis, first)) === 1, { within, what: 'the first' })
  second.say(...commits(1, 1, 5_000))
  await until(async () => (await revs(redis)).length === 1, { within, what: 'the whole one' })
})

test('identities and accounts are the same when all but the sequence is', async ({ server, redis }) => {
  await using first = await startScriptedRelay()
  await using second = await startScriptedRelay()
  await using _ingester = await start(server.url, [first, second])
  const identity = (seq: number, handle: string, time = '2026-01-02T03:04:05.678Z') => ({
    seq,
    bytes: aFrame('#identity', { seq, did: 'did:plc:x', time, handle }),
  })
  const account = (seq: number, active: boolean) => ({
    seq,
    bytes: aFrame('#account', { seq, did: 'did:plc:x', time: '2026-01-02T03:04:05.678Z', active }),
  })
  first.say(identity(1, 'a.example'), account(2, true))
  await until(async () => (await cursorOf(redis, first)) === 2, { within, what: 'the first' })
  second.say(identity(71, 'a.example'), account(72, true), identity(73, 'b.example'), account(74, false))
  await until(async () => (await cursorOf(redis, second)) === 74, { within, what: 'the second' })
  expect(await redis.xlen(STREAM)).toBe(4)
})

test('when Redis forgets, every relay is asked again from what is stored', async ({ server, redis }) => {
  await using first = await startScriptedRelay()
  await using second = await startScriptedRelay()
  await using ingester = await start(server.url, [first, second])
  first.say(...commits(1, 20, 0))
  second.say(...commits(1, 12, 5_000))
  await until(
    async () => (await cursorOf(redis, first)) === 20 && (await cursorOf(redis, second)) === 5_012,
    { within, what: 'both cursors' },
  )
  for (const [id] of await redis.xrevrange(STREAM, '+', '-', 'COUNT', 15)) await redis.xdel(STREAM, id)
  await redis.mset(cursorKey(STREAM, first.url), '5', cursorKey(STREAM, second.url), '5003')
  second.say(...commits(13, 14, 5_000))
  await until(
    async () => (await cursorOf(redis, first)) === 20 && (await cursorOf(redis, second)) === 5_014,
    { within, what: 'both cursors again' },
  )
  expect(ingester.counts.rollbacks).toBe(1)
  expect([...new Set(await revs(redis))].toSorted()).toEqual(revsOf(1, 20))
})

test('what cannot be merged is refused before anything is asked', async ({ server }) => {
  await using relay = await startScriptedRelay()
  const refused = (options: Partial<IngesterOptions>) =>
    expect(start(server.url, [relay, relay], options)).rejects
  await refused({ dialect: DIALECTS.publicappview }).toThrow('consumers that compare revs')
  await refused({ onFutureCursor: 'live' }).toThrow(UsageError)
  await refused({ cursorKey: 'c' }).toThrow('--cursor-key')
  await refused({}).toThrow('names a host twice')
  expect(relay.cursors).toEqual([])
})
