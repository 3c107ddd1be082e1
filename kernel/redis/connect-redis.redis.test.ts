import { Redis } from 'ioredis'
import { expect } from 'vitest'
import { test } from '#test/support/redis.ts'
import { connectRedis } from './connect-redis.ts'
import { parseRedisUrl } from './parse-redis-url.ts'

const STREAM = 'events'

/** Reads one entry that is there at once, while this process is too busy to look. */
async function readWhileBusy(reader: Redis): Promise<unknown> {
  const read = reader.xreadgroup('GROUP', 'g', 'c', 'COUNT', 1, 'BLOCK', 20, 'STREAMS', STREAM, '>')
  const end = performance.now() + 400
  // The request leaves in this turn, and the reply waits in the socket.
  await new Promise(setImmediate)
  while (performance.now() < end);
  return read
}

async function prepare(redis: Redis): Promise<void> {
  await redis.xgroup('CREATE', STREAM, 'g', '0', 'MKSTREAM')
  await redis.xadd(STREAM, '1-0', 'event', '{}')
}

test('a blocking read hands over what Redis delivered, however busy this process was', async ({
  redis,
  server,
}) => {
  await prepare(redis)
  const reader = await connectRedis(server.url, { name: 'reader', blocking: true })
  expect(await readWhileBusy(reader)).toEqual([[STREAM, [['1-0', ['event', '{}']]]]])
  reader.disconnect()
})

test('control: with ioredis’ own time-out for blocking commands the entry is delivered to nobody', async ({
  redis,
  server,
}) => {
  await prepare(redis)
  const reader = new Redis({ ...parseRedisUrl(server.url), blockingTimeout: 10_000 })
  await reader.ping()
  expect(await readWhileBusy(reader)).toBeNull()
  expect(await redis.xpending(STREAM, 'g')).toEqual([1, '1-0', '1-0', [['c', '1']]])
  reader.disconnect()
})
