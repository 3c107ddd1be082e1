import { expect } from 'vitest'
import { test } from '#test/support/redis.ts'
import { readEntries } from './read-entries.ts'
import { readOwed } from './read-owed.ts'

const event = { type: 'create', seq: 7, did: 'did:plc:a', rev: '3r', collection: 'c', rkey: 'k', cid: 'x' }
const name = { seq: 7, did: 'did:plc:a', rev: '3r', collection: 'c', rkey: 'k', action: 'create' }

async function all<Row>(pages: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  return (await Array.fromAsync(pages)).flat()
}

test('entries and dead letters are read back by the names of their events', async ({ redis }) => {
  await redis.xadd('live', '1-0', 'event', JSON.stringify(event))
  await redis.xadd('live:dead-letters', '1-0', 'reason', 'refused', 'field:event', JSON.stringify(event))
  expect(await all(readEntries(redis, 'live'))).toEqual([name])
  expect(await all(readEntries(redis, 'live:dead-letters'))).toEqual([name])
})

test('an entry that cannot be read is not passed over', async ({ redis }) => {
  await redis.xadd('live', '1-0', 'event', 'not json')
  await redis.xadd('live', '2-0', 'other', 'x')
  await redis.xadd('live', '3-0', 'event', '{"seq":1}')
  expect((await all(readEntries(redis, 'live'))).map(({ did }) => did)).toEqual([
    'unreadable entry 1-0',
    'unreadable entry 2-0',
    'unreadable entry 3-0',
  ])
})

test('every page is bounded, and together they hold every entry once', async ({ redis }) => {
  const pipeline = redis.pipeline()
  for (let seq = 1; seq <= 2_500; seq++)
    pipeline.xadd('live', '1-*', 'event', JSON.stringify({ ...event, seq }))
  await pipeline.exec()
  const pages = await Array.fromAsync(readEntries(redis, 'live'))
  expect(pages.map(({ length }) => length)).toEqual([1_000, 1_000, 500])
  expect(new Set(pages.flat().map(({ seq }) => seq)).size).toBe(2_500)
})

test('a group owes what it was not handed and what is pending, not what it acknowledged', async ({
  redis,
}) => {
  for (let seq = 1; seq <= 6; seq++)
    await redis.xadd('live', `${seq}-0`, 'event', JSON.stringify({ ...event, seq }))
  await redis.xgroup('CREATE', 'live', 'indexers', '0')
  await redis.xreadgroup('GROUP', 'indexers', 'c', 'COUNT', 4, 'STREAMS', 'live', '>')
  await redis.xack('live', 'indexers', '1-0', '3-0')
  const owed = async (group: string) => (await all(readOwed(redis, 'live', group))).map(({ seq }) => seq)
  expect(await owed('indexers')).toEqual([2, 4, 5, 6])
  expect(await owed('nobody')).toEqual([1, 2, 3, 4, 5, 6])
})
