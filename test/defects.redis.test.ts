import { expect } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { readOldestPending } from '#kernel/streams/read-oldest-pending.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import { aCommitFrame } from './support/firehose-frames.ts'
import { test } from './support/redis.ts'
import { startScriptedRelay } from './support/scripted-relay.ts'

const STREAM = 's'
const GROUP = 'g'
const UNREAD = '>'

type Reply = [stream: string, entries: [id: string, fields: string[]][]][] | null

test('what lies behind a trimmed stretch is delivered at once: no cursor has to be set back for it', async ({
  redis,
}) => {
  for (let entry = 1; entry <= 8; entry += 1) await redis.xadd(STREAM, `${entry}-0`, 'event', '{}')
  await redis.xgroup('CREATE', STREAM, GROUP, '0')
  const read = async () => {
    const reply = (await redis.xreadgroup(
      'GROUP',
      GROUP,
      'c',
      'COUNT',
      2,
      'STREAMS',
      STREAM,
      UNREAD,
    )) as Reply
    return (reply?.[0]?.[1] ?? []).map(([id]) => id)
  }
  expect(await read()).toEqual(['1-0', '2-0'])
  await redis.xtrim(STREAM, 'MINID', '5-0')
  expect(await read()).toEqual(['5-0', '6-0'])
})

test('the delivery count of an entry grows, and is 1 for ever to whoever unwraps the reply once too often', async ({
  redis,
}) => {
  await redis.xadd(STREAM, '1-0', 'event', '{}')
  await redis.xgroup('CREATE', STREAM, GROUP, '0')
  await redis.xreadgroup('GROUP', GROUP, 'c', 'STREAMS', STREAM, UNREAD)
  for (let again = 0; again < 4; again += 1)
    await redis.xreadgroup('GROUP', GROUP, 'c', 'STREAMS', STREAM, '0')
  const deliveriesIn = (entry: unknown) => (Array.isArray(entry) ? Number(entry[3]) : 1)
  const [entry] = (await redis.xpending(STREAM, GROUP, '1-0', '1-0', 1)) as [[string, string, number, number]]
  expect([entry, entry[0]].map(deliveriesIn)).toEqual([5, 1])
  expect(await readOldestPending(redis, STREAM, GROUP)).toMatchObject([{ deliveries: 5 }])
})

test('what is pending never shows how far a group is behind, the lag does', async ({ redis }) => {
  for (let entry = 0; entry < 50; entry += 1) await redis.xadd(STREAM, '*', 'event', '{}')
  await redis.xgroup('CREATE', STREAM, GROUP, '0')
  await redis.xreadgroup('GROUP', GROUP, 'c', 'COUNT', 5, 'STREAMS', STREAM, UNREAD)
  expect(await readGroups(redis, STREAM)).toMatchObject([{ pending: 5, lag: 45 }])
})

test('two ingesters that know nothing of each other write every event twice', async ({ server, redis }) => {
  const start = async () => {
    const relay = await startScriptedRelay()
    relay.say(...[1, 2, 3].map((seq) => ({ seq, bytes: aCommitFrame(seq) })))
    const ingester = await startIngester({
      relay: relay.url,
      redisUrl: server.url,
      stream: STREAM,
      start: 'oldest',
      collections: ['*'],
      highWater: 1_000,
      batchEntries: 10,
      inFlightBytes: 1_000_000,
      log: createLog({ name: 'ingest', level: 'silent' }),
    })
    return {
      async [Symbol.asyncDispose]() {
        await ingester.stop()
        await relay[Symbol.asyncDispose]()
      },
    }
  }
  await using _one = await start()
  await using _other = await start()
  await until(async () => (await redis.xlen(STREAM)) === 6, { within: seconds(5), what: 'both copies' })
})
