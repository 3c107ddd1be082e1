import { expect } from 'vitest'
import { test } from '#test/support/redis.ts'
import { type Addition, appendEntries } from './append-entries.ts'

const addition: Addition = {
  stream: 'repos',
  field: 'repo',
  highWater: 5,
  values: ['a', 'b'],
  moves: [
    { key: 'cursor', from: '', to: '10' },
    { key: 'tail', from: '', to: 'x' },
  ],
}

test('adds entries and moves keys; the same call again changes nothing', async ({ redis }) => {
  expect(await appendEntries(redis, addition)).toEqual({ outcome: 'stored', added: 2 })
  expect(await appendEntries(redis, addition)).toEqual({ outcome: 'stored-before' })
  expect(await redis.xlen('repos')).toBe(2)
  expect(await redis.mget('cursor', 'tail')).toEqual(['10', 'x'])
})

test('does nothing when somebody else has moved a key', async ({ redis }) => {
  await redis.set('cursor', '7')
  expect(await appendEntries(redis, addition)).toEqual({ outcome: 'moved-elsewhere' })
  expect(await redis.xlen('repos')).toBe(0)
  expect(await redis.mget('cursor', 'tail')).toEqual(['7', null])
})

test('does nothing at the high-water mark, unless there is nothing to add', async ({ redis }) => {
  for (let entry = 0; entry < 5; entry += 1) await redis.xadd('repos', '*', 'repo', 'x')
  expect(await appendEntries(redis, addition)).toEqual({ outcome: 'high-water', length: 5 })
  expect(await redis.get('cursor')).toBeNull()
  expect(await appendEntries(redis, { ...addition, values: [] })).toEqual({ outcome: 'stored', added: 0 })
  expect(await redis.get('cursor')).toBe('10')
})

test('without keys every call adds', async ({ redis }) => {
  const { moves: _, ...bare } = addition
  await appendEntries(redis, bare)
  expect(await appendEntries(redis, bare)).toEqual({ outcome: 'stored', added: 2 })
  expect(await redis.xlen('repos')).toBe(4)
})

test('a full memory refuses all of it', async ({ redis }) => {
  await redis.config('SET', 'maxmemory-clients', '0')
  await redis.config('SET', 'maxmemory', '1')
  try {
    await expect(appendEntries(redis, addition)).rejects.toThrow('OOM')
  } finally {
    await redis.config('SET', 'maxmemory', '0')
  }
  expect(await redis.exists('repos', 'cursor', 'tail')).toBe(0)
})
