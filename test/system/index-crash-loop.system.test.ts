import { fileURLToPath } from 'node:url'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { startChild } from '#kernel/process/child.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { attemptsKey, deadLetterStream, LIVE_GROUP, LIVE_STREAM } from '#pipeline/contract.ts'
import { append, pendingCount } from '#test/support/indexing.ts'
import { test } from '#test/support/redis.ts'
import { aCreateEvent, aRev } from '#test/support/stream-events.ts'

const CONSUMER = fileURLToPath(new URL('../support/fragile-consumer.ts', import.meta.url))
const within = seconds(20)

const someCreates = (count: number) =>
  Array.from({ length: count }, (_, number) =>
    aCreateEvent({ did: `did:plc:user${number}`, rkey: `r${number}`, rev: aRev(number) }),
  )

const start = (url: string) => startChild(process.execPath, [CONSUMER, url], { name: 'fragile' })

/** Starts the consumer again whenever it has died, as a supervisor would; returns how often it died. */
async function supervise(url: string, isOver: () => Promise<boolean>): Promise<number> {
  for (let deaths = 0; deaths < 20; deaths += 1) {
    await using child = await start(url)
    await until(async () => child.exit !== null || (await isOver()), { within, what: 'end of a life' })
    if (child.exit === null) return deaths
  }
  throw new Error('died 20 times')
}

const isSettled = async (redis: Redis, committed: number) =>
  (await redis.llen('committed')) >= committed && (await pendingCount(redis)) === 0

test('an entry that kills whoever works on it becomes a dead letter, and all others are committed', async ({
  server,
  redis,
}) => {
  const others = someCreates(80)
  const [id = ''] = await append(redis, [aCreateEvent({ rkey: 'deadly' })])
  await append(redis, others)
  const deaths = await supervise(server.url, () => isSettled(redis, 80))
  expect(deaths).toBe(6)
  expect((await redis.lrange('committed', 0, -1)).toSorted()).toEqual(
    others.map(({ rkey }) => rkey).toSorted(),
  )
  const letters = await redis.xrange(deadLetterStream(LIVE_STREAM), '-', '+')
  expect(letters).toHaveLength(1)
  expect(letters[0]?.[1]).toEqual(expect.arrayContaining(['crash-loop', '3', id]))
  expect(await redis.exists(attemptsKey(LIVE_STREAM, LIVE_GROUP))).toBe(0)
})

test('an entry that is only held while consumers are killed never becomes one', async ({ server, redis }) => {
  await append(redis, someCreates(10))
  await redis.set('sink-down', 'yes')
  for (let life = 1; life <= 10; life += 1) {
    await using child = await start(server.url)
    const before = Number(await redis.get('refused'))
    const survived = async () => Number(await redis.get('refused')) >= before + 2
    await until(survived, { within, what: 'two refused commits in one life', every: 5 })
    await child.kill('SIGKILL')
  }
  const rows = (await redis.xpending(LIVE_STREAM, LIVE_GROUP, '-', '+', 10)) as unknown[][]
  expect(rows.map((row) => Number(row[3]) >= 10)).toEqual(Array.from({ length: 10 }, () => true))
  await redis.del('sink-down')
  expect(await supervise(server.url, () => isSettled(redis, 10))).toBe(0)
  expect(await redis.exists(deadLetterStream(LIVE_STREAM))).toBe(0)
})
