import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { test } from '#test/support/redis.ts'
import { gatherSnapshot } from './gather-snapshot.ts'
import { redisSamples } from './redis-samples.ts'
import { streamSamples } from './stream-samples.ts'

/** The samples of one scrape, as `name` or `name{cause}`. */
async function scrape(redis: Redis, stream = 'events'): Promise<Record<string, number>> {
  const { snapshot } = await gatherSnapshot(redis, [stream])
  const samples = [...redisSamples(snapshot.info), ...snapshot.streams.flatMap(streamSamples)]
  return Object.fromEntries(
    samples.map(({ name, labels, value }) => [labels['cause'] ? `${name}{${labels['cause']}}` : name, value]),
  )
}

async function fill(redis: Redis, ...ids: string[]): Promise<void> {
  for (const id of ids) await redis.xadd('events', id, 'event', '{}')
}

const read = (redis: Redis, count: number) =>
  redis.xreadgroup('GROUP', 'indexers', 'one', 'COUNT', count, 'STREAMS', 'events', '>')

test('a group that reads and acknowledges everything has no lag and nothing pending', async ({ redis }) => {
  await fill(redis, '1700000000000-0', '1700000060000-0')
  await redis.xgroup('CREATE', 'events', 'indexers', '0')
  await read(redis, 10)
  await redis.xack('events', 'indexers', '1700000000000-0', '1700000060000-0')
  expect(await scrape(redis)).toMatchObject({
    redis_up: 1,
    standpipe_stream_exists: 1,
    standpipe_stream_length: 2,
    standpipe_stream_added_entries_total: 2,
    standpipe_stream_last_generated_timestamp_seconds: 1_700_000_060,
    standpipe_group_lag_entries: 0,
    standpipe_group_lag_known: 1,
    standpipe_group_lag_seconds: 0,
    standpipe_group_pending_entries: 0,
    standpipe_oldest_pending_idle_seconds: 0,
    standpipe_cursor_ahead: 0,
    standpipe_unread_trimmed_entries: 0,
  })
})

test('lag is counted in entries and in seconds of the stream', async ({ redis }) => {
  await fill(redis, '1700000000000-0', '1700000060000-0', '1700000090000-0')
  await redis.xgroup('CREATE', 'events', 'indexers', '0')
  expect(await scrape(redis)).toMatchObject({ standpipe_group_lag_seconds: 90 })
  await read(redis, 1)
  expect(await scrape(redis)).toMatchObject({
    standpipe_group_lag_entries: 2,
    standpipe_group_lag_seconds: 90,
    standpipe_group_pending_entries: 1,
    standpipe_oldest_pending_deliveries: 1,
  })
})

test('a lag that Redis does not know has no sample, and says so', async ({ redis }) => {
  await fill(redis, '1700000000000-0', '1700000001000-0', '1700000002000-0')
  await redis.xgroup('CREATE', 'events', 'indexers', '1700000001000-0')
  const samples = await scrape(redis)
  expect(samples).toMatchObject({ standpipe_group_lag_known: 0, standpipe_group_lag_seconds: 1 })
  expect(samples).not.toHaveProperty('standpipe_group_lag_entries')
  expect(samples).not.toHaveProperty('standpipe_unread_trimmed_entries')
})

test('a cursor set into the future is seen, though pending is 0 and lag is NULL', async ({ redis }) => {
  await fill(redis, '1700000000000-0')
  await redis.xgroup('CREATE', 'events', 'indexers', '0')
  await read(redis, 1)
  await redis.xack('events', 'indexers', '1700000000000-0')
  expect(await scrape(redis)).toMatchObject({ standpipe_cursor_ahead: 0 })
  await redis.xgroup('SETID', 'events', 'indexers', '9000000000000-0')
  const samples = await scrape(redis)
  expect(samples).toMatchObject({
    standpipe_cursor_ahead: 1,
    standpipe_group_lag_known: 0,
    standpipe_group_pending_entries: 0,
  })
  expect(samples).not.toHaveProperty('standpipe_group_lag_seconds')
})

test('entries trimmed before the group read them are counted; those it had read are not', async ({
  redis,
}) => {
  await fill(redis, '1-0', '2-0', '3-0', '4-0', '5-0')
  await redis.xgroup('CREATE', 'events', 'indexers', '0')
  await read(redis, 2)
  await redis.xtrim('events', 'MINID', '3-0')
  expect(await scrape(redis)).toMatchObject({ standpipe_unread_trimmed_entries: 0 })
  await redis.xtrim('events', 'MINID', '5-0')
  expect(await scrape(redis)).toMatchObject({ standpipe_unread_trimmed_entries: 2 })
})

test('IDs that are sequences have no time in them', async ({ redis }) => {
  await fill(redis, '6328157203-0')
  await redis.xgroup('CREATE', 'events', 'indexers', '0')
  const samples = await scrape(redis)
  expect(samples).not.toHaveProperty('standpipe_group_lag_seconds')
  expect(samples).not.toHaveProperty('standpipe_stream_last_generated_timestamp_seconds')
})

test('a stream that is not there is reported, and another type does not hide the rest', async ({ redis }) => {
  await redis.set('text', 'x')
  await fill(redis, '1-0')
  expect(await scrape(redis, 'nowhere')).toMatchObject({ redis_up: 1, standpipe_stream_exists: 0 })
  const { snapshot, problems } = await gatherSnapshot(redis, ['text', 'events'])
  expect(problems).toEqual([expect.stringContaining('stream "text": WRONGTYPE')])
  expect(snapshot.streams.map(({ name }) => name)).toEqual(['events'])
})

test('refused writes count from 0, inside scripts too', async ({ redis }) => {
  const before = await scrape(redis)
  expect(before).toMatchObject({
    'standpipe_redis_rejected_writes_total{OOM}': 0,
    'standpipe_redis_rejected_writes_total{MISCONF}': 0,
    standpipe_redis_memory_max_bytes: 0,
  })
  await redis.config('SET', 'maxmemory', '1')
  try {
    await expect(fill(redis, '1-0')).rejects.toThrow('OOM')
    await redis.eval("redis.pcall('XADD', KEYS[1], '*', 'a', 'b') return 1", 1, 'events')
    expect(await scrape(redis)).toMatchObject({
      'standpipe_redis_rejected_writes_total{OOM}': 2,
      standpipe_redis_memory_max_bytes: 1,
    })
  } finally {
    await redis.config('SET', 'maxmemory', '0')
  }
})

test('a policy that may evict the stream is seen', async ({ redis }) => {
  expect(await scrape(redis)).toMatchObject({ standpipe_redis_evicting_policy: 0 })
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
  try {
    expect(await scrape(redis)).toMatchObject({ standpipe_redis_evicting_policy: 1 })
  } finally {
    await redis.config('SET', 'maxmemory-policy', 'noeviction')
  }
})
