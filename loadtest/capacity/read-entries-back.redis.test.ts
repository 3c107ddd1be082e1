import { expect } from 'vitest'
import { test } from '#test/support/redis.ts'
import { createFiller, createFillerSource } from '../numbered/filler.ts'
import { readEntriesBack } from './read-entries-back.ts'

const STREAM = 's'
const { signal } = new AbortController()

test('an entry that somebody deleted, or added, is found among thousands', async ({ redis }) => {
  const source = createFillerSource()
  const filler = createFiller(redis, STREAM, source)
  await filler.fill(() => filler.acknowledged >= 5_000, signal)
  const readBack = () =>
    readEntriesBack({ redis, stream: STREAM, asked: 5_000, again: source.begin(), update: () => {}, signal })

  expect(await readBack()).toMatchObject({ read: 5_000, equal: 5_000, examples: [] })
  const [[id] = ['']] = await redis.xrange(STREAM, '-', '+', 'COUNT', 1)
  await redis.xdel(STREAM, id)
  expect(await readBack()).toMatchObject({ read: 4_999, equal: 4_999, missing: 1 })
  await redis.xadd(STREAM, '*', 'event', '{"seq":1}')
  expect(await readBack()).toMatchObject({ read: 5_000, missing: 1, unexpected: 1 })
})
