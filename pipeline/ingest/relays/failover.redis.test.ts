import { expect } from 'vitest'
import { UsageError } from '#kernel/errors.ts'
import { createLog } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { cursorKey, type Gap, gapStream, type StreamEvent } from '#pipeline/contract.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import { aCommitFrame } from '#test/support/firehose-frames.ts'
import { test } from '#test/support/redis.ts'
import { type ScriptedRelay, startScriptedRelay } from '#test/support/scripted-relay.ts'

const start = (redisUrl: string, relays: readonly ScriptedRelay[], options: Partial<IngesterOptions> = {}) =>
  startIngester({
    relay: relays.map(({ url }) => url).join(','),
    redisUrl,
    stream: 's',
    start: 'live',
    collections: ['*'],
    highWater: 100_000,
    batchEntries: 10,
    inFlightBytes: 1_000_000,
    log: createLog({ name: 'ingest', level: 'silent' }),
    tuning: { reconnect: { base: 5, cap: 20 }, retry: { base: 5, cap: 50 } },
    ...options,
  })

const commits = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    bytes: aCommitFrame(from + index),
  }))

test('the next relay takes over at its own cursor, and nothing is missing', async ({ server, redis }) => {
  await using second = await startScriptedRelay()
  const first = await startScriptedRelay()
  await redis.set(cursorKey('s', first.url), '0')
  await redis.set(cursorKey('s', second.url), '100')
  first.say(...commits(1, 5))
  second.say(...commits(101, 103))
  await using ingester = await start(server.url, [first, second])
  await until(() => ingester.counts.cursor === 5, { within: seconds(5), what: 'the first relay' })
  expect(second.cursors).toEqual([])
  await first[Symbol.asyncDispose]()
  await until(() => ingester.counts.cursor === 103, { within: seconds(10), what: 'the second relay' })
  expect(second.cursors).toEqual([100])
  const entries = await redis.xrange('s', '-', '+')
  expect(entries.map(([, [, text]]) => (JSON.parse(text ?? '') as StreamEvent).seq)).toEqual([
    1, 2, 3, 4, 5, 101, 102, 103,
  ])
  expect(await redis.exists(gapStream('s'))).toBe(0)
  expect(ingester.counts).toMatchObject({ switches: 1, connected: 1 })
})

test('a relay that was never heard cannot be shown to continue: that is a gap', async ({ server, redis }) => {
  await using second = await startScriptedRelay()
  const first = await startScriptedRelay()
  await redis.set(cursorKey('s', first.url), '0')
  first.say(...commits(1, 5))
  await using ingester = await start(server.url, [first, second])
  await until(() => ingester.counts.cursor === 5, { within: seconds(5), what: 'the first relay' })
  await first[Symbol.asyncDispose]()
  await until(() => second.subscribers === 1, { within: seconds(10), what: 'the second relay' })
  second.say(...commits(70, 71))
  await until(() => ingester.counts.cursor === 71, { within: seconds(5), what: 'its events' })
  const [[, [, text]]] = (await redis.xrange(gapStream('s'), '-', '+')) as [[string, [string, string]]]
  const gap = JSON.parse(text) as Gap
  expect(gap).toMatchObject({
    host: second.url.replace('ws://', ''),
    reason: 'no-cursor',
    from: { seq: null },
    to: { seq: 70 },
  })
  expect(gap.from.time).not.toBeNull()
})

test('one relay alone is asked for ever', async ({ server }) => {
  const gone = await startScriptedRelay()
  await gone[Symbol.asyncDispose]()
  await using ingester = await start(server.url, [gone])
  await until(() => (ingester.counts.reconnects.get('unreachable') ?? 0) > 5, {
    within: seconds(5),
    what: 'tries',
  })
  expect(ingester.counts.switches).toBe(0)
})

test('a list with something else in it is refused before anything is asked', async ({ server }) => {
  await using relay = await startScriptedRelay()
  const options = { relay: `${relay.url},https://bsky.network` }
  await expect(start(server.url, [], options)).rejects.toThrow(UsageError)
  await expect(start(server.url, [relay, relay], { cursorKey: 'c' })).rejects.toThrow('--cursor-key')
  expect(relay.cursors).toEqual([])
})
