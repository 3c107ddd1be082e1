import { toBytes } from '@atcute/cbor'
import { expect } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { cursorKey } from '#pipeline/contract.ts'
import { DIALECTS } from '#pipeline/dialects/dialects.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import { aFrame } from '#test/support/firehose-frames.ts'
import { test } from '#test/support/redis.ts'
import { type ScriptedRelay, startScriptedRelay } from '#test/support/scripted-relay.ts'

const STREAM = 'label_live'

const start = (redisUrl: string, hosts: readonly ScriptedRelay[], options: Partial<IngesterOptions> = {}) =>
  startIngester({
    relay: '',
    labels: hosts.map(({ url }) => url).join(','),
    redisUrl,
    stream: STREAM,
    start: 'oldest',
    collections: [],
    highWater: 100_000,
    batchEntries: 10,
    inFlightBytes: 1_000_000,
    log: createLog({ name: 'ingest', level: 'silent' }),
    tuning: { reconnect: { base: 10, cap: 50 }, retry: { base: 5, cap: 50 } },
    ...options,
  })

const aLabel = (val: string, more: object = {}) => ({
  ver: 1,
  src: 'did:plc:labeler',
  uri: 'at://did:plc:x/app.bsky.feed.post/1',
  val,
  cts: '2026-01-02T03:04:05.678Z',
  ...more,
})

const labels = (seq: number, ...values: readonly unknown[]) => ({
  seq,
  bytes: aFrame('#labels', { seq, labels: values }),
})

async function stored(redis: {
  xrange(key: string, from: string, to: string): Promise<[string, string[]][]>
}) {
  const entries = await redis.xrange(STREAM, '-', '+')
  return entries.map(([, [field, text]]) => [field, JSON.parse(text ?? '') as unknown])
}

test('each label is an entry of its own, negations and signatures included', async ({ server, redis }) => {
  await using labeler = await startScriptedRelay()
  const signed = aLabel('spam', { sig: toBytes(Uint8Array.from([1, 2, 3])) })
  labeler.say(labels(1, signed, aLabel('porn', { neg: true })), labels(2, aLabel('ok', { cid: 'bafy' })))
  await using ingester = await start(server.url, [labeler])
  await until(() => ingester.counts.cursor === 2, { within: seconds(5), what: 'labels' })
  expect(await stored(redis)).toEqual([
    ['event', { type: 'label', label: aLabel('spam', { sig: { $bytes: 'AQID' } }) }],
    ['event', { type: 'label', label: aLabel('porn', { neg: true }) }],
    ['event', { type: 'label', label: aLabel('ok', { cid: 'bafy' }) }],
  ])
  expect(ingester.counts).toMatchObject({ events: { label: 3 }, frames: { labels: 2 } })
  expect(await redis.get(cursorKey(STREAM, labeler.url))).toBe('2')
})

test('several labelers are heard at once, each behind a cursor of its own', async ({ server, redis }) => {
  await using first = await startScriptedRelay()
  await using second = await startScriptedRelay()
  await redis.set(cursorKey(STREAM, second.url), '40')
  first.say(labels(1, aLabel('a')))
  second.say(labels(41, aLabel('b')))
  await using ingester = await start(server.url, [first, second])
  await until(async () => (await redis.xlen(STREAM)) === 2 && ingester.counts.connected === 2, {
    within: seconds(5),
    what: 'labels of both',
  })
  expect(second.cursors).toEqual([40])
  expect(await redis.mget(cursorKey(STREAM, first.url), cursorKey(STREAM, second.url))).toEqual(['1', '41'])
  first.hangUp(1001)
  await until(() => first.cursors.length === 2 && ingester.counts.connected === 2, {
    within: seconds(5),
    what: 'a second subscription',
  })
  expect(first.cursors).toEqual([0, 1])
})

test('a labeler whose cursor Redis forgot is asked again, and the other one goes on', async ({
  server,
  redis,
}) => {
  await using first = await startScriptedRelay()
  await using second = await startScriptedRelay()
  first.say(labels(1, aLabel('a')), labels(2, aLabel('b')))
  second.say(labels(70, aLabel('c')))
  await using ingester = await start(server.url, [first, second])
  await until(async () => (await redis.xlen(STREAM)) === 3, { within: seconds(5), what: 'labels of both' })
  await redis.set(cursorKey(STREAM, first.url), '1')
  first.say(labels(3, aLabel('d')))
  second.say(labels(71, aLabel('e')))
  await until(async () => (await redis.xlen(STREAM)) === 6, { within: seconds(5), what: 'b again, d and e' })
  expect(ingester.counts).toMatchObject({ rollbacks: 1, bytesInFlight: 0 })
  expect(second.cursors).toEqual([0])
})

test('a label that is none is kept apart, and its neighbours arrive', async ({ server, redis }) => {
  await using labeler = await startScriptedRelay()
  labeler.say(labels(1, aLabel('a'), { val: 'b' }, null, aLabel('c')), {
    seq: null,
    bytes: aFrame('#labels', { seq: -0.5, labels: [] }),
  })
  labeler.say(labels(2, aLabel('d')))
  await using ingester = await start(server.url, [labeler])
  await until(() => ingester.counts.cursor === 2, { within: seconds(5), what: 'labels' })
  expect(await redis.xlen(STREAM)).toBe(3)
  expect(ingester.counts.rejectedFrames).toMatchObject({ 'malformed-op': 1, 'malformed-body': 1 })
  expect(await redis.xlen('label_live:rejected-frames')).toBe(2)
})

test('a dialect without labels is refused', async ({ server }) => {
  await using labeler = await startScriptedRelay()
  await expect(start(server.url, [labeler], { dialect: DIALECTS.publicappview })).rejects.toThrow(
    'carries no labels',
  )
})
