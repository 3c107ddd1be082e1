import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { test } from '#test/support/redis.ts'
import { readConsumers } from './read-consumers.ts'
import { readGroups } from './read-groups.ts'
import { readOldestPending } from './read-oldest-pending.ts'
import { readPending } from './read-pending.ts'
import { readStream } from './read-stream.ts'

const add = async (redis: Redis, ...ids: string[]) => {
  for (const id of ids) await redis.xadd('events', id, 'field', 'value')
}

describe(readStream, () => {
  test('tells length, ends, additions and deletions', async ({ redis }) => {
    await add(redis, '1-0', '2-0', '3-0')
    await redis.xdel('events', '2-0')
    expect(await readStream(redis, 'events')).toEqual({
      length: 2,
      firstEntryId: '1-0',
      lastEntryId: '3-0',
      lastGeneratedId: '3-0',
      entriesAdded: 3,
      maxDeletedEntryId: '2-0',
      radixTreeKeys: 1,
      radixTreeNodes: 2,
      groups: 0,
    })
  })

  test('an empty stream has no first and no last entry', async ({ redis }) => {
    await redis.xgroup('CREATE', 'events', 'group', '0', 'MKSTREAM')
    expect(await readStream(redis, 'events')).toMatchObject({
      length: 0,
      firstEntryId: null,
      lastEntryId: null,
      lastGeneratedId: '0-0',
      groups: 1,
    })
  })

  test('a key that is not there is null, one of another type is an error', async ({ redis }) => {
    expect(await readStream(redis, 'events')).toBeNull()
    await redis.set('events', 'text')
    await expect(readStream(redis, 'events')).rejects.toThrow('WRONGTYPE')
  })
})

describe(readGroups, () => {
  test('counts what was delivered, what waits and what is pending', async ({ redis }) => {
    await add(redis, '1-0', '2-0', '3-0')
    await redis.xgroup('CREATE', 'events', 'indexers', '0')
    await redis.xreadgroup('GROUP', 'indexers', 'a', 'COUNT', 1, 'STREAMS', 'events', '>')
    expect(await readGroups(redis, 'events')).toMatchObject([
      { name: 'indexers', consumers: 1, pending: 1, lastDeliveredId: '1-0', entriesRead: 1, lag: 2 },
    ])
  })

  test('Redis does not know the lag of a group created in the middle of a stream', async ({ redis }) => {
    await add(redis, '1-0', '2-0', '3-0')
    await redis.xgroup('CREATE', 'events', 'latecomer', '2-0')
    expect(await readGroups(redis, 'events')).toMatchObject([{ lag: null, entriesRead: null }])
  })

  test('a name that is not text stays distinct, and can be asked about again', async ({ redis }) => {
    const names = [Buffer.from([0xff, 0x00]), Buffer.from([0xfe, 0x0a])]
    await add(redis, '1-0')
    for (const name of names) {
      await redis.xgroup('CREATE', 'events', name, '0')
      await redis.callBuffer('XREADGROUP', 'GROUP', name, name, 'STREAMS', 'events', '>')
    }
    const groups = await readGroups(redis, 'events')
    expect(groups.map(({ name }) => name).toSorted()).toEqual(['"\\xfe\\x0a"', '"\\xff\\x00"'])
    for (const { name, nameBytes } of groups) {
      expect(await readConsumers(redis, 'events', nameBytes)).toMatchObject([{ name, pending: 1 }])
      expect(await readPending(redis, 'events', nameBytes)).toMatchObject({
        byConsumer: [{ name, count: 1 }],
      })
    }
  })

  test('a stream without groups, and no stream at all, have none', async ({ redis }) => {
    expect(await readGroups(redis, 'events')).toEqual([])
    await add(redis, '1-0')
    expect(await readGroups(redis, 'events')).toEqual([])
  })
})

describe(readConsumers, () => {
  test('tells who holds how much, and for how long it has been silent', async ({ redis }) => {
    await add(redis, '1-0', '2-0')
    await redis.xgroup('CREATE', 'events', 'indexers', '0')
    await redis.xreadgroup('GROUP', 'indexers', 'a', 'COUNT', 2, 'STREAMS', 'events', '>')
    const [consumer, ...others] = await readConsumers(redis, 'events', 'indexers')
    expect(others).toEqual([])
    expect(consumer).toMatchObject({ name: 'a', pending: 2 })
    expect(consumer?.idleMs).toBeGreaterThanOrEqual(0)
    expect(await readConsumers(redis, 'events', 'nobody')).toEqual([])
    expect(await readConsumers(redis, 'nothing', 'nobody')).toEqual([])
  })
})

describe(readPending, () => {
  test('summarises, also when the entries themselves were trimmed away', async ({ redis }) => {
    await add(redis, '1-0', '2-0', '3-0')
    await redis.xgroup('CREATE', 'events', 'indexers', '0')
    await redis.xreadgroup('GROUP', 'indexers', 'a', 'COUNT', 2, 'STREAMS', 'events', '>')
    await redis.xtrim('events', 'MINID', '3-0')
    expect(await readPending(redis, 'events', 'indexers')).toEqual({
      count: 2,
      lowestId: '1-0',
      highestId: '2-0',
      byConsumer: [{ name: 'a', count: 2 }],
    })
    expect(await readOldestPending(redis, 'events', 'indexers')).toMatchObject([
      { id: '1-0', consumer: 'a', deliveries: 1 },
    ])
  })

  test('nothing pending is a count of 0; no group is null', async ({ redis }) => {
    await redis.xgroup('CREATE', 'events', 'indexers', '0', 'MKSTREAM')
    expect(await readPending(redis, 'events', 'indexers')).toEqual({
      count: 0,
      lowestId: null,
      highestId: null,
      byConsumer: [],
    })
    expect(await readOldestPending(redis, 'events', 'indexers')).toEqual([])
    expect(await readPending(redis, 'events', 'nobody')).toBeNull()
    expect(await readOldestPending(redis, 'events', 'nobody')).toEqual([])
  })
})
