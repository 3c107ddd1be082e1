import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { DEFAULT_MIX } from '#loadtest/network/event-mix.ts'
import { startRelay } from '#loadtest/network/relay.ts'
import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'
import { cursorKey, gapStream, rejectedFramesStream, type StreamEvent } from '#pipeline/contract.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import { aCommitFrame, aFrame } from '#test/support/firehose-frames.ts'
import { test } from '#test/support/redis.ts'
import { startScriptedRelay } from '#test/support/scripted-relay.ts'

const within = seconds(10)

const start = (redisUrl: string, relay: { url: string }, options: Partial<IngesterOptions> = {}) =>
  startIngester({
    relay: relay.url,
    source: 'atproto-sync',
    redisUrl,
    stream: 's',
    start: 'oldest',
    collections: ['app.bsky.*', 'chat.bsky.*'],
    highWater: 100_000,
    batchEntries: 50,
    inFlightBytes: 1_000_000,
    log: createLog({ name: 'ingest', level: 'silent' }),
    tuning: { reconnect: { base: 10, cap: 50 }, retry: { base: 5, cap: 50 }, drainWithin: 100 },
    ...options,
  })

const read = async (redis: Redis, stream: string) =>
  (await redis.xrange(stream, '-', '+')).map(([, [, text]]) => JSON.parse(text ?? '') as StreamEvent)

/** The client looks at revs: this is one. */
const rev = '3k22222222222'

const commit = (seq: number) => ({ seq, bytes: aCommitFrame(seq, [{}, {}], { rev }) })

test('the reference client brings the same entries as we do, but for the handles that it withholds', async ({
  server,
  redis,
}) => {
  const mix = {
    ...DEFAULT_MIX,
    messages: { identity: 0.05, account: 0.05, sync: 0.03 },
    severalOps: { share: 0.3, most: 6 },
  }
  const source = syntheticNetwork({ seed: 5, accounts: 30, mix })
  await using relay = await startRelay({ source, rate: 0, events: 250 })
  await using ours = await start(server.url, relay, { stream: 'ours', source: 'relay' })
  await using theirs = await start(server.url, relay, { stream: 'theirs' })
  const { lastSeq } = await relay.waitUntilEmitted()
  await until(() => ours.counts.cursor === lastSeq && theirs.counts.cursor === lastSeq, {
    within,
    what: 'both cursors at the end',
  })
  const expected = (await read(redis, 'ours')).map((event) =>
    event.type === 'identity' ? { ...event, handle: undefined } : event,
  )
  expect(await read(redis, 'theirs')).toEqual(expected)
  expect(new Set(expected.map(({ type }) => type))).toEqual(
    new Set(['create', 'update', 'delete', 'identity', 'account']),
  )
  expect(theirs.counts).toMatchObject({
    frames: ours.counts.frames,
    events: ours.counts.events,
    filteredOps: ours.counts.filteredOps,
    connected: 1,
  })
  expect(await redis.get(cursorKey('theirs', relay.url))).toBe(String(lastSeq))
})

test('it goes on behind the cursor after a hang-up, a goodbye and a restart', async ({ server, redis }) => {
  await using relay = await startScriptedRelay()
  relay.say(commit(1), commit(2))
  const first = await start(server.url, relay)
  await until(() => first.counts.cursor === 2, { within, what: 'the first two' })
  relay.hangUp(1000)
  await until(() => relay.cursors.length === 2 && relay.subscribers === 1, { within, what: 'a second call' })
  relay.say(commit(3))
  await until(() => first.counts.cursor === 3, { within, what: 'the third' })
  await first.stop()
  relay.say(commit(4))
  await using second = await start(server.url, relay)
  await until(() => second.counts.cursor === 4, { within, what: 'the fourth' })
  expect(relay.cursors).toEqual([0, 2, 3])
  expect((await read(redis, 's')).map(({ seq }) => seq)).toEqual([1, 1, 2, 2, 3, 3, 4, 4])
})

test('while Redis takes nothing it is held back, and when Redis forgets it is asked again', async ({
  server,
  redis,
}) => {
  await using relay = await startScriptedRelay()
  relay.say(...Array.from({ length: 300 }, (_, at) => commit(at + 1)))
  await using ingester = await start(server.url, relay, {
    highWater: 40,
    batchEntries: 10,
    inFlightBytes: 20_000,
  })
  await until(() => ingester.counts.refusedAppends.get('high-water'), { within, what: 'a full stream' })
  const seen = ingester.counts.frames.commit
  expect(seen).toBeLessThan(300)
  const got: number[] = []
  await until(
    async () => {
      const entries = await redis.xrange('s', '-', '+')
      got.push(...entries.map(([, [, text]]) => (JSON.parse(text ?? '') as StreamEvent).seq))
      if (entries.length > 0) await redis.xdel('s', ...entries.map(([id]) => id))
      return got.length >= 600
    },
    { within, what: 'everything drained', every: 5 },
  )
  expect(got).toEqual(Array.from({ length: 600 }, (_, at) => Math.floor(at / 2) + 1))
  await redis.flushall()
  relay.say(commit(301))
  await until(() => ingester.counts.rollbacks === 1, { within, what: 'a rollback' })
  await until(async () => (await redis.xlen('s')) >= 40, { within, what: 'the first again' })
  expect((await read(redis, 's'))[0]?.seq).toBe(1)
})

test('a commit that it cannot read is counted and noted, and its neighbours arrive', async ({
  server,
  redis,
}) => {
  await using relay = await startScriptedRelay()
  relay.say(commit(1), { seq: 2, bytes: aCommitFrame(2, [{ withWrongBlock: true }], { rev }) }, commit(3))
  await using ingester = await start(server.url, relay)
  await until(() => ingester.counts.cursor === 3, { within, what: 'the third' })
  expect((await read(redis, 's')).map(({ seq }) => seq)).toEqual([1, 1, 3, 3])
  expect(ingester.counts.rejectedFrames['cid-mismatch']).toBe(1)
  expect(await redis.xlen(rejectedFramesStream('s'))).toBe(1)
})

test('what the relay says of an outdated cursor is heard, and leaves a gap', async ({ server, redis }) => {
  await using relay = await startScriptedRelay()
  relay.say(commit(2))
  await using ingester = await start(server.url, relay)
  await until(() => ingester.counts.cursor === 2, { within, what: 'the first' })
  relay.remark(aFrame('#info', { name: 'OutdatedCursor', message: 'gone' }))
  relay.say(commit(9))
  await until(() => ingester.counts.cursor === 9, { within, what: 'the next' })
  expect(ingester.counts).toMatchObject({ notices: { OutdatedCursor: 1 }, gaps: { 'outdated-cursor': 1 } })
  expect(await redis.xlen(gapStream('s'))).toBe(1)
})

test('what it cannot do is refused', async ({ server }) => {
  await using relay = await startScriptedRelay()
  await expect(start(server.url, relay, { verify: 'full' })).rejects.toThrow('by cid or by signature')
  await expect(start(server.url, relay, { relayMode: 'merge' })).rejects.toThrow('one relay at a time')
})
