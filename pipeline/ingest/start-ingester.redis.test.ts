import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { DependencyError, UsageError } from '#kernel/errors.ts'
import { gatherReadiness } from '#kernel/http/readiness.ts'
import { createLog } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { minutes, seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { cursorKey, rejectedFramesStream, type StreamEvent } from '#pipeline/contract.ts'
import {
  aCommitFrame,
  aFrame,
  anErrorFrame,
  anIdentityFrame,
  type OpRecipe,
} from '#test/support/firehose-frames.ts'
import { leapingClock } from '#test/support/leaping-clock.ts'
import { test } from '#test/support/redis.ts'
import { type ScriptedRelay, startScriptedRelay } from '#test/support/scripted-relay.ts'
import type { IngesterOptions } from './ingester-options.ts'
import { type Ingester, startIngester } from './start-ingester.ts'

const STREAM = 's'

const start = (
  redisUrl: string,
  relay: ScriptedRelay,
  { tuning, ...options }: Partial<IngesterOptions> = {},
): Promise<Ingester> =>
  startIngester({
    relay: relay.url,
    redisUrl,
    stream: STREAM,
    start: 'oldest',
    collections: ['app.bsky.*', 'chat.bsky.*'],
    highWater: 100_000,
    batchEntries: 10,
    inFlightBytes: 1_000_000,
    log: createLog({ name: 'ingest', level: 'silent' }),
    ...options,
    tuning: { reconnect: { base: 10, cap: 50 }, retry: { base: 5, cap: 50 }, ...tuning },
  })

const commits = (from: number, to: number, recipes?: readonly OpRecipe[]) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    bytes: aCommitFrame(from + index, recipes),
  }))

const sequences = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

async function stored(redis: Redis): Promise<StreamEvent[]> {
  const entries = await redis.xrange(STREAM, '-', '+')
  return entries.map(([, [, text]]) => JSON.parse(text ?? '') as StreamEvent)
}

const seqs = async (redis: Redis) => (await stored(redis)).map(({ seq }) => seq)

const untilCursor = (redis: Redis, relay: ScriptedRelay, seq: number) =>
  until(async () => (await redis.get(cursorKey(STREAM, relay.url))) === String(seq), {
    within: seconds(10),
    what: `cursor ${seq}`,
  })

describe('what a relay sends', () => {
  test('arrives once and in order, with a cursor that covers frames without events', async ({
    server,
    redis,
  }) => {
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 25), { seq: 26, bytes: anIdentityFrame(26, 'a.example') })
    relay.say({ seq: 27, bytes: aCommitFrame(27, [{ path: 'com.example.x/y' }]) })
    relay.say({ seq: 28, bytes: aFrame('#sync', { seq: 28, did: 'did:plc:x', time: '' }) })
    await using ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 28)
    expect(await seqs(redis)).toEqual(sequences(1, 26))
    expect(ingester.counts).toMatchObject({
      appendedEntries: 26,
      filteredOps: 1,
      bytesInFlight: 0,
      cursor: 28,
      newestEventTime: '2026-01-02T03:04:05.678Z',
      newestByCollection: new Map([['app.bsky.*', '2026-01-02T03:04:05.678Z']]),
      events: { create: 25, identity: 1 },
      frames: { commit: 26, identity: 1, sync: 1 },
    })
  })

  test('goes on where it was when the ingester stopped, and is asked for no earlier', async ({
    server,
    redis,
  }) => {
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 5))
    const first = await start(server.url, relay)
    await untilCursor(redis, relay, 5)
    await first.stop()
    relay.say(...commits(6, 9))
    await using _second = await start(server.url, relay)
    await untilCursor(redis, relay, 9)
    expect(relay.cursors).toEqual([0, 5])
    expect(await seqs(redis)).toEqual(sequences(1, 9))
  })

  test('begins with what comes next when asked to start live', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 3))
    await using ingester = await start(server.url, relay, { start: 'live' })
    await until(() => ingester.counts.connected === 1, { within: seconds(5), what: 'subscription' })
    relay.say(...commits(4, 6))
    await untilCursor(redis, relay, 6)
    expect(relay.cursors).toEqual([null])
    expect(await seqs(redis)).toEqual([4, 5, 6])
  })

  test('is stored before the ingester lets go, when it is stopped in the middle', async ({
    server,
    redis,
  }) => {
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 500))
    const ingester = await start(server.url, relay, { batchEntries: 7 })
    await until(() => ingester.counts.frames.commit > 50, { within: seconds(5), what: 'frames' })
    await ingester.stop()
    const got = await seqs(redis)
    expect(got).toEqual(sequences(1, got.length))
    expect(Number(await redis.get(cursorKey(STREAM, relay.url)))).toBe(got.length)
    expect(ingester.counts.bytesInFlight).toBe(0)
  })

  test('keeps the ops of a commit together, however many they are', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    const many = Array.from({ length: 35 }, () => ({}))
    relay.say(...commits(1, 4), { seq: 5, bytes: aCommitFrame(5, many) }, ...commits(6, 8))
    await using _ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 8)
    expect(await seqs(redis)).toEqual([1, 2, 3, 4, ...many.map(() => 5), 6, 7, 8])
  })
})

describe('a relay', () => {
  test.for([1000, 1001, 1006, 1008])(
    'that hangs up with %i is asked again, and nothing is missed',
    async (code, { server, redis }) => {
      await using relay = await startScriptedRelay()
      relay.say(...commits(1, 20))
      await using ingester = await start(server.url, relay)
      await untilCursor(redis, relay, 20)
      relay.hangUp(code)
      relay.say(...commits(21, 40))
      await untilCursor(redis, relay, 40)
      expect(await seqs(redis)).toEqual(sequences(1, 40))
      expect(ingester.counts.reconnects.get(String(code))).toBe(1)
      expect(relay.cursors.length).toBeGreaterThan(1)
    },
  )

  test('that begins with the cursor itself repeats nothing in the stream', async ({ server, redis }) => {
    await using relay = await startScriptedRelay({ inclusive: true })
    relay.say(...commits(1, 5))
    await using ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 5)
    relay.hangUp(1001)
    await until(() => relay.cursors.length === 2, { within: seconds(5), what: 'second subscription' })
    relay.say(...commits(6, 7))
    await untilCursor(redis, relay, 7)
    expect(await seqs(redis)).toEqual(sequences(1, 7))
    expect(ingester.counts.skippedCommits).toBeGreaterThan(0)
  })

  test('that answers no ping is given up, and asked again', async ({ server }) => {
    await using relay = await startScriptedRelay({ deaf: true })
    await using ingester = await start(server.url, relay, {
      tuning: { patience: { ping: 40, idle: seconds(60) } },
    })
    await until(() => ingester.counts.reconnects.get('no-pong'), {
      within: seconds(5),
      what: 'a missed pong',
    })
    await until(() => relay.cursors.length > 1, { within: seconds(5), what: 'second subscription' })
  })

  test('that answers pings but sends nothing is asked again', async ({ server }) => {
    await using relay = await startScriptedRelay()
    await using ingester = await start(server.url, relay, { tuning: { patience: { ping: 30, idle: 100 } } })
    await until(() => ingester.counts.reconnects.get('idle'), { within: seconds(5), what: 'an idle end' })
    expect(ingester.counts.reconnects.get('no-pong')).toBeUndefined()
  })

  test('that says something about the subscription is heard', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    await using ingester = await start(server.url, relay)
    await until(() => ingester.counts.connected === 1, { within: seconds(5), what: 'subscription' })
    relay.remark(aFrame('#info', { name: 'OutdatedCursor' }))
    relay.remark(anErrorFrame('ConsumerTooSlow'))
    relay.remark(anErrorFrame('FutureCursor'))
    relay.remark(anErrorFrame('SomethingElse'))
    relay.say(...commits(1, 1))
    await untilCursor(redis, relay, 1)
    expect(ingester.counts.notices).toEqual({
      OutdatedCursor: 1,
      FutureCursor: 1,
      ConsumerTooSlow: 1,
      other: 1,
    })
  })

  test('that is not there yet is waited for', async ({ server, redis }) => {
    const gone = await startScriptedRelay()
    await gone[Symbol.asyncDispose]()
    await using ingester = await start(server.url, gone)
    await until(() => (ingester.counts.reconnects.get('unreachable') ?? 0) > 1, {
      within: seconds(5),
      what: 'tries',
    })
    expect(await redis.exists(STREAM)).toBe(0)
    expect(await gatherReadiness(ingester.probes)).toEqual({
      relay: 'not connected',
      redis: null,
      cursor: null,
      append: null,
    })
  })

  test.for(['http://127.0.0.1:1', 'bsky.network', '', 'redis://h'])(
    'cannot be "%s"',
    async (relay, { server }) => {
      const options = { redisUrl: server.url, stream: STREAM, start: 'live', collections: ['*'] } as const
      const rest = {
        highWater: 1,
        batchEntries: 1,
        inFlightBytes: 1,
        log: createLog({ name: 'x', level: 'silent' }),
      }
      await expect(startIngester({ relay, ...options, ...rest })).rejects.toThrow(UsageError)
    },
  )
})

describe('bad input', () => {
  test('is kept and counted, and everything around it arrives', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    const noise = Buffer.from('this is not CBOR')
    const forged = aCommitFrame(3, [{}, { withWrongBlock: true }])
    const bare = aCommitFrame(4, [{ withoutBlock: true }])
    relay.say(...commits(1, 1), { seq: null, bytes: noise }, ...commits(2, 2))
    relay.say({ seq: 3, bytes: forged }, { seq: 4, bytes: bare })
    relay.say({ seq: null, bytes: aFrame('#novelty', { seq: 5 }) }, ...commits(6, 6))
    relay.say({ seq: 7, bytes: aCommitFrame(7, [], { tooBig: true }) })
    await using ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 7)
    expect(await seqs(redis)).toEqual([1, 2, 3, 6])
    expect(ingester.counts).toMatchObject({
      rejectedFrames: { 'undecodable-frame': 1, 'cid-mismatch': 1, 'missing-block': 1 },
      frames: { unknown: 1, unreadable: 1 },
      tooBigCommits: 1,
      unkeptFrames: 0,
      reconnects: new Map(),
    })
    const kept = await redis.xrangeBuffer(rejectedFramesStream(STREAM), '-', '+')
    const fields = kept.map(([, [, reason, , seq, , from, , frame]]) => [
      reason?.toString(),
      seq?.toString(),
      from?.toString(),
      frame,
    ])
    expect(fields).toEqual([
      ['undecodable-frame', '', relay.url, noise],
      ['cid-mismatch', '3', relay.url, forged],
      ['missing-block', '4', relay.url, bare],
    ])
  })

  test('is kept to a limit, and counted beyond it', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    const noise = { seq: null, bytes: Buffer.from('noise') }
    relay.say(...commits(1, 1), noise, noise, noise, noise, noise, ...commits(2, 3))
    await using ingester = await start(server.url, relay, { tuning: { keptFrames: 2 } })
    await untilCursor(redis, relay, 3)
    expect(await redis.xlen(rejectedFramesStream(STREAM))).toBe(2)
    expect(ingester.counts).toMatchObject({ unkeptFrames: 3, rejectedFrames: { 'undecodable-frame': 5 } })
    expect(await seqs(redis)).toEqual([1, 2, 3])
  })

  test('alone is kept without touching a cursor that is not there', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    await using ingester = await start(server.url, relay, { start: 'live' })
    await until(() => ingester.counts.connected === 1, { within: seconds(5), what: 'subscription' })
    relay.remark(Buffer.from('noise'))
    const length = () => redis.xlen(rejectedFramesStream(STREAM))
    await until(async () => (await length()) === 1, { within: seconds(5), what: 'kept frame' })
    expect(await redis.exists(cursorKey(STREAM, relay.url))).toBe(0)
  })
})

describe('a Redis', () => {
  test('that runs full is waited for with the socket at rest, and nothing is lost', async ({
    server,
    redis,
  }) => {
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 30))
    await using ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 30)
    await redis.config('SET', 'maxmemory', '1')
    relay.say(...commits(31, 400))
    await until(() => (ingester.counts.refusedAppends.get('OOM') ?? 0) > 2, {
      within: seconds(5),
      what: 'refusals',
    })
    expect(await redis.xlen(STREAM)).toBe(30)
    await redis.config('SET', 'maxmemory', '0')
    await untilCursor(redis, relay, 400)
    expect(await seqs(redis)).toEqual(sequences(1, 400))
    expect(ingester.counts.backpressureMs).toBeGreaterThan(0)
    expect(relay.cursors).toEqual([0])
  })

  test('near its memory limit keeps its reserve, and nothing is lost', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    const used = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])
    await redis.config('SET', 'maxmemory', String(Math.round(used * 1.5)))
    relay.say(...commits(1, 40))
    await using ingester = await start(server.url, relay, { memoryReserve: 50 })
    await until(() => (ingester.counts.refusedAppends.get('memory-reserve') ?? 0) > 2, {
      within: seconds(5),
      what: 'refusals',
    })
    expect(await redis.exists(STREAM)).toBe(0)
    expect(ingester.counts.refusedAppends.get('OOM')).toBeUndefined()
    expect(await redis.set('dead-letter', 'fits')).toBe('OK')
    await redis.config('SET', 'maxmemory', '0')
    await untilCursor(redis, relay, 40)
    expect(await seqs(redis)).toEqual(sequences(1, 40))
  })

  test('at its high-water mark is waited for until it is drained, in bounded memory', async ({
    server,
    redis,
  }) => {
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 2_000))
    await using ingester = await start(server.url, relay, { highWater: 50, inFlightBytes: 20_000 })
    const got: number[] = []
    await until(
      async () => {
        expect(ingester.counts.bytesInFlight).toBeLessThan(200_000)
        const entries = await redis.xrange(STREAM, '-', '+')
        got.push(...entries.map(([, [, text]]) => (JSON.parse(text ?? '') as StreamEvent).seq))
        if (entries.length > 0) await redis.xdel(STREAM, ...entries.map(([id]) => id))
        return got.length >= 2_000
      },
      { within: seconds(15), what: 'everything drained', every: 5 },
    )
    expect(got).toEqual(sequences(1, 2_000))
    expect(ingester.counts.refusedAppends.get('high-water')).toBeGreaterThan(0)
    expect(ingester.counts.rollbacks).toBe(0)
  })

  test('that was emptied is filled again from the oldest event', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 30))
    await using ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 30)
    await redis.flushall()
    relay.say(...commits(31, 40))
    await untilCursor(redis, relay, 40)
    expect(await seqs(redis)).toEqual(sequences(1, 40))
    expect(ingester.counts.rollbacks).toBe(1)
  })

  test('that forgot its last writes is given them again', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 20))
    await using ingester = await start(server.url, relay)
    await untilCursor(redis, relay, 20)
    for (const [id] of await redis.xrevrange(STREAM, '+', '-', 'COUNT', 5)) await redis.xdel(STREAM, id)
    await redis.set(cursorKey(STREAM, relay.url), '15')
    relay.say(...commits(21, 25))
    await untilCursor(redis, relay, 25)
    expect(await seqs(redis)).toEqual(sequences(1, 25))
    expect(ingester.counts.rollbacks).toBe(1)
    expect(relay.cursors).toEqual([0, 15])
  })

  test('killed and started again in the flow has every event once', { timeout: seconds(30) }, async () => {
    await using server = await startPrivateRedis()
    await using relay = await startScriptedRelay()
    await using ingester = await start(server.url, relay, { inFlightBytes: 50_000 })
    let next = 1
    using speak = setInterval(() => {
      relay.say(...commits(next, next + 19))
      next += 20
    }, 2)
    await until(() => ingester.counts.appendedEntries > 500, { within: seconds(10), what: 'flow' })
    await server.kill('SIGKILL')
    await until(() => ingester.counts.refusedAppends.get('no-reply'), {
      within: seconds(10),
      what: 'a lost reply',
    })
    await server.start()
    const before = ingester.counts.appendedEntries
    await until(() => ingester.counts.appendedEntries > before + 500, {
      within: seconds(10),
      what: 'flow again',
    })
    clearInterval(speak)
    const redis = await connectRedis(server.url, { name: 'test' })
    await untilCursor(redis, relay, next - 1)
    expect(await seqs(redis)).toEqual(sequences(1, next - 1))
    redis.disconnect()
  })

  test('that stays away holds the socket, not the heap', { timeout: seconds(30) }, async () => {
    await using server = await startPrivateRedis()
    await using relay = await startScriptedRelay()
    relay.say(...commits(1, 5_000))
    await using ingester = await start(server.url, relay, { inFlightBytes: 50_000 })
    await server.kill('SIGKILL')
    await until(() => (ingester.counts.refusedAppends.get('no-reply') ?? 0) > 3, {
      within: seconds(10),
      what: 'tries',
    })
    expect(ingester.counts.bytesInFlight).toBeLessThan(400_000)
    expect(ingester.counts.frames.commit).toBeLessThan(5_000)
    await server.start()
    const redis = await connectRedis(server.url, { name: 'test' })
    await untilCursor(redis, relay, 5_000)
    expect(await seqs(redis)).toEqual(sequences(1, 5_000))
    redis.disconnect()
  })

  test('away for ten minutes while the relay goes on is missed by nobody, in bounded memory', {
    timeout: seconds(60),
  }, async () => {
    const limit = 50_000
    const clock = leapingClock()
    await using server = await startPrivateRedis()
    await using relay = await startScriptedRelay()
    await using ingester = await start(server.url, relay, {
      inFlightBytes: limit,
      tuning: { retry: { base: 20, cap: seconds(1) }, clock },
    })
    relay.say(...commits(1, 100))
    await until(() => ingester.counts.cursor === 100, { within: seconds(10), what: 'flow' })
    await server.kill('SIGKILL')
    const goneAt = clock.now()
    let [most, said, framesWhenFull] = [0, 100, 0]
    await until(
      () => {
        if (said < 8_000) relay.say(...commits(said + 1, (said += 100)))
        most = Math.max(most, ingester.counts.bytesInFlight)
        if (clock.now() - goneAt < minutes(5)) framesWhenFull = ingester.counts.frames.commit
        return said >= 4_000 && clock.now() - goneAt >= minutes(10)
      },
      { within: seconds(30), what: 'ten minutes on the clock of the ingester', every: 2 },
    )
    // What one read of the socket brings comes on top of the limit.
    expect(most).toBeLessThan(limit + 200_000)
    // The socket is not read in the second half of the outage, though the relay has far more to say.
    expect(ingester.counts.frames.commit).toBe(framesWhenFull)
    expect(framesWhenFull).toBeLessThan(said / 2)
    expect(ingester.counts.refusedAppends.get('no-reply')).toBeGreaterThan(500)
    await server.start()
    const redis = await connectRedis(server.url, { name: 'test' })
    await untilCursor(redis, relay, said)
    expect(ingester.counts.backpressureMs).toBeGreaterThanOrEqual(minutes(9))
    const got = await seqs(redis)
    expect(got.slice(-(said - 100))).toEqual(sequences(101, said))
    expect(new Set(got).size).toBe(got.length)
    redis.disconnect()
  })

  test('that may evict the stream is refused with a reason', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
    await expect(start(server.url, relay)).rejects.toThrow(/allkeys-lru.*delete the whole stream/)
    await redis.config('SET', 'maxmemory-policy', 'noeviction')
    await using ingester = await start(server.url, relay)
    expect(ingester.counts.appendedEntries).toBe(0)
  })

  test('with something else under the cursor is refused with a reason', async ({ server, redis }) => {
    await using relay = await startScriptedRelay()
    await redis.set(cursorKey(STREAM, relay.url), '!ingester-done')
    await expect(start(server.url, relay)).rejects.toThrow('holds "!ingester-done", which is no cursor')
  })

  test('that cannot be reached is a dependency out of reach', async () => {
    await using relay = await startScriptedRelay()
    await expect(start('redis://127.0.0.1:1', relay)).rejects.toThrow(DependencyError)
  })
})

test('stopping gives up on a Redis that refuses, and loses nothing', async ({ server, redis }) => {
  await using relay = await startScriptedRelay()
  relay.say(...commits(1, 100))
  const ingester = await start(server.url, relay, { highWater: 20, tuning: { drainWithin: 100 } })
  await until(() => ingester.counts.refusedAppends.get('high-water'), { within: seconds(5), what: 'refusal' })
  await ingester.stop()
  const got = await seqs(redis)
  expect(got).toEqual(sequences(1, got.length))
  await redis.del(STREAM)
  await using _again = await start(server.url, relay)
  await untilCursor(redis, relay, 100)
  expect([...got, ...(await seqs(redis))]).toEqual(sequences(1, 100))
})
