import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { UsageError } from '#kernel/errors.ts'
import { createLog } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { cursorKey } from '#pipeline/contract.ts'
import { DIALECTS } from '#pipeline/dialects/dialects.ts'
import { aCommitFrame } from '#test/support/firehose-frames.ts'
import { test } from '#test/support/redis.ts'
import { type ScriptedRelay, startScriptedRelay } from '#test/support/scripted-relay.ts'
import type { IngesterOptions } from './ingester-options.ts'
import { startIngester } from './start-ingester.ts'

const STREAM = 's'

const start = (redisUrl: string, relay: ScriptedRelay, options: Partial<IngesterOptions> = {}) =>
  startIngester({
    relay: relay.url,
    redisUrl,
    stream: STREAM,
    start: 'oldest',
    entryId: 'seq',
    collections: ['*'],
    highWater: 100_000,
    batchEntries: 3,
    inFlightBytes: 1_000_000,
    log: createLog({ name: 'ingest', level: 'silent' }),
    tuning: { reconnect: { base: 5, cap: 20 }, retry: { base: 5, cap: 20 }, drainWithin: 100 },
    ...options,
  })

const commits = (from: number, to: number, ops = 1) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    bytes: aCommitFrame(
      from + index,
      Array.from({ length: ops }, () => ({})),
    ),
  }))

const idsIn = async (redis: Redis) => (await redis.xrange(STREAM, '-', '+')).map(([id]) => id)

const untilCursor = (redis: Redis, relay: ScriptedRelay, seq: number) =>
  until(async () => (await redis.get(cursorKey(STREAM, relay.url))) === String(seq), {
    within: seconds(5),
    what: `cursor ${seq}`,
  })

test('entries are numbered by the sequence of their commit, and by their place in it', async ({
  server,
  redis,
}) => {
  await using relay = await startScriptedRelay()
  relay.say(...commits(6_328_157_203, 6_328_157_204, 2), ...commits(6_328_157_209, 6_328_157_209))
  await using _ingester = await start(server.url, relay)
  await untilCursor(redis, relay, 6_328_157_209)
  expect(await idsIn(redis)).toEqual([
    '6328157203-0',
    '6328157203-1',
    '6328157204-0',
    '6328157204-1',
    '6328157209-0',
  ])
})

test('a restart goes on, and one that overlaps adds nothing twice', async ({ server, redis }) => {
  await using relay = await startScriptedRelay()
  relay.say(...commits(1, 10))
  const first = await start(server.url, relay)
  await untilCursor(redis, relay, 10)
  await using second = await start(server.url, relay)
  relay.say(...commits(11, 30))
  await untilCursor(redis, relay, 30)
  await first.stop()
  relay.say(...commits(31, 40))
  await until(() => second.counts.cursor === 40, { within: seconds(5), what: 'the second' })
  expect(await idsIn(redis)).toEqual(Array.from({ length: 40 }, (_, at) => `${at + 1}-0`))
})

test('a stream that was numbered by time cannot go on by sequence; the other way round it can', async ({
  server,
  redis,
}) => {
  await using relay = await startScriptedRelay()
  relay.say(...commits(1, 3))
  const bySeq = await start(server.url, relay)
  await untilCursor(redis, relay, 3)
  await bySeq.stop()
  relay.say(...commits(4, 5))
  const byTime = await start(server.url, relay, { entryId: 'time' })
  await untilCursor(redis, relay, 5)
  await byTime.stop()
  expect((await idsIn(redis)).slice(0, 3)).toEqual(['1-0', '2-0', '3-0'])
  await expect(start(server.url, relay)).rejects.toThrow(/and the cursor is 5: .*IDs would go backwards/)
})

test('a stream whose cursor is gone, or was set back, is not written to', async ({ server, redis }) => {
  await using relay = await startScriptedRelay()
  await redis.xadd(STREAM, '70-0', 'event', '{}')
  await expect(start(server.url, relay)).rejects.toThrow('no cursor is stored')
  await redis.set(cursorKey(STREAM, relay.url), '69')
  await expect(start(server.url, relay)).rejects.toThrow(UsageError)
  await redis.set(cursorKey(STREAM, relay.url), '70')
  await using _ingester = await start(server.url, relay)
})

test('an entry that somebody adds beyond the sequences stops the flow, and loses nothing', async ({
  server,
  redis,
}) => {
  await using relay = await startScriptedRelay()
  relay.say(...commits(1, 3))
  await using ingester = await start(server.url, relay)
  await untilCursor(redis, relay, 3)
  await redis.xadd(STREAM, '*', 'event', '{}')
  relay.say(...commits(4, 6))
  await until(() => ingester.counts.refusedAppends.get('ids-behind'), {
    within: seconds(5),
    what: 'a refusal',
  })
  expect(await redis.get(cursorKey(STREAM, relay.url))).toBe('3')
  expect(await redis.xlen(STREAM)).toBe(4)
})

test('what cannot be numbered so is refused before anything is asked', async ({ server }) => {
  await using relay = await startScriptedRelay()
  const refused = (options: Partial<IngesterOptions>) => expect(start(server.url, relay, options)).rejects
  await refused({ relay: `${relay.url},${relay.url}` }).toThrow('of one host, and 2 are named')
  await refused({ relay: `${relay.url},${relay.url}`, relayMode: 'merge' }).toThrow('of one host')
  await refused({ dialect: DIALECTS.publicappview }).toThrow('--entry-id time')
  await refused({ onFutureCursor: 'oldest' }).toThrow('lower sequences')
  expect(relay.cursors).toEqual([])
})
