import { expect } from 'vitest'
import { milliseconds, seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { test } from '#test/support/redis.ts'
import type { Group } from './gather-groups.ts'
import { trimLoop } from './trim-loop.ts'

const STREAM = 'events'

test('the loop tells what the groups look like, trims what they allow, and ends with its signal', async ({
  redis,
}) => {
  const pipeline = redis.pipeline()
  for (let id = 1; id <= 1_000; id += 1) pipeline.xadd(STREAM, `${id}-0`, 'event', '{}')
  await pipeline.exec()
  await redis.xgroup('CREATE', STREAM, 'g', '0')
  await redis.xreadgroup('GROUP', 'g', 'c', 'COUNT', 600, 'STREAMS', STREAM, '>')
  await redis.xack(STREAM, 'g', ...Array.from({ length: 500 }, (_, index) => `${index + 1}-0`))

  const stop = new AbortController()
  const seen: (readonly Group[])[] = []
  let trimmed = 0
  const loop = trimLoop(
    {
      redis,
      stream: STREAM,
      trim: true,
      every: milliseconds(10),
      onGroups: (groups) => seen.push(groups),
      onTrimmed: (entries) => {
        trimmed += entries
      },
      onError: (error) => {
        throw error
      },
    },
    stop.signal,
  )
  await until(() => seen.length >= 3, { within: seconds(5), what: 'three rounds' })
  stop.abort()
  await loop
  expect(seen[0]).toMatchObject([{ name: 'g', lag: 400, pending: 100, oldestPendingId: '501-0' }])
  expect(trimmed).toBe(500)
  expect(await redis.xlen(STREAM)).toBe(500)
})

test('a loop that only looks removes nothing', async ({ redis }) => {
  await redis.xadd(STREAM, '1-0', 'event', '{}')
  await redis.xgroup('CREATE', STREAM, 'g', '$')
  const stop = new AbortController()
  let rounds = 0
  const loop = trimLoop(
    {
      redis,
      stream: STREAM,
      trim: false,
      every: milliseconds(10),
      onGroups: () => {
        rounds += 1
      },
      onTrimmed: () => {
        throw new Error('trimmed')
      },
      onError: (error) => {
        throw error
      },
    },
    stop.signal,
  )
  await until(() => rounds >= 2, { within: seconds(5), what: 'two rounds' })
  stop.abort()
  await loop
  expect(await redis.xlen(STREAM)).toBe(1)
})
