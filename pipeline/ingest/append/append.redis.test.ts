import { describe, expect } from 'vitest'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { test } from '#test/support/redis.ts'
import { type AppendTarget, createAppend } from './append.ts'
import { createLinesAppend } from './append-lines.ts'
import type { Batch, Commit } from './batch.ts'

const target: AppendTarget = { stream: 's', cursor: 's:cursor:relay', highWater: 1_000 }

const aCommit = (seq: number, entries = 1): Commit => ({
  seq,
  values: Array.from({ length: entries }, (_, index) => `${seq}/${index}`),
})

const aBatch = (after: number | null, ...commits: Commit[]): Batch => ({
  fields: ['event'],
  commits,
  after,
  upTo: commits.at(-1)?.seq ?? after ?? 0,
})

describe(createAppend, () => {
  test('stores every entry of whole commits, and the cursor with them', async ({ redis }) => {
    const append = createAppend(redis, target)
    expect(await append(aBatch(null, aCommit(1, 2), aCommit(5)))).toEqual({
      outcome: 'appended',
      added: 3,
      skipped: 0,
      cursor: 5,
    })
    const entries = await redis.xrange('s', '-', '+')
    expect(entries.map(([, fields]) => fields)).toEqual([
      ['event', '1/0'],
      ['event', '1/1'],
      ['event', '5/0'],
    ])
    expect(await redis.get('s:cursor:relay')).toBe('5')
  })

  test('the same batch again adds nothing, as after a lost reply', async ({ redis }) => {
    const append = createAppend(redis, target)
    const batch = aBatch(null, aCommit(1), aCommit(2))
    await append(batch)
    expect(await append(batch)).toEqual({ outcome: 'appended', added: 0, skipped: 2, cursor: 2 })
    expect(await redis.xlen('s')).toBe(2)
  })

  test('a relay that repeats its last commit adds only what is new', async ({ redis }) => {
    const append = createAppend(redis, target)
    await append(aBatch(null, aCommit(1), aCommit(2)))
    const again = await append(aBatch(2, aCommit(2), aCommit(3)))
    expect(again).toMatchObject({ added: 1, skipped: 1, cursor: 3 })
  })

  test('at the high-water mark nothing is written, and the length is said', async ({ redis }) => {
    const append = createAppend(redis, { ...target, highWater: 2 })
    await append(aBatch(null, aCommit(1, 2)))
    expect(await append(aBatch(1, aCommit(2)))).toEqual({ outcome: 'high-water', length: 2, cursor: 1 })
    expect(await redis.get('s:cursor:relay')).toBe('1')
    const first = (await redis.xrange('s', '-', '+'))[0]
    await redis.xdel('s', first?.[0] ?? '')
    expect(await append(aBatch(1, aCommit(2)))).toMatchObject({ outcome: 'appended', added: 1 })
  })

  test('at the high-water mark, what is stored already is not refused', async ({ redis }) => {
    const append = createAppend(redis, { ...target, highWater: 1 })
    const batch = aBatch(null, aCommit(1))
    await append(batch)
    expect(await append(batch)).toMatchObject({ outcome: 'appended', skipped: 1 })
  })

  test('a batch never overtakes the one that it follows', async ({ redis }) => {
    const append = createAppend(redis, target)
    await append(aBatch(null, aCommit(1)))
    expect(await append(aBatch(2, aCommit(3)))).toEqual({ outcome: 'predecessor-missing', cursor: 1 })
    expect(await redis.xlen('s')).toBe(1)
    await append(aBatch(1, aCommit(2)))
    expect(await append(aBatch(2, aCommit(3)))).toMatchObject({ outcome: 'appended' })
  })

  test('an emptied Redis has no predecessor, and says so', async ({ redis }) => {
    const append = createAppend(redis, target)
    expect(await append(aBatch(7, aCommit(8)))).toEqual({ outcome: 'predecessor-missing', cursor: null })
    expect(await append(aBatch(null, aCommit(8)))).toMatchObject({ outcome: 'appended' })
  })

  test('a batch without entries moves the cursor, and never back', async ({ redis }) => {
    const append = createAppend(redis, target)
    await append(aBatch(null, aCommit(1)))
    expect(await append({ ...aBatch(1), upTo: 40 })).toMatchObject({
      outcome: 'appended',
      added: 0,
      cursor: 40,
    })
    expect(await append({ ...aBatch(1), upTo: 9 })).toMatchObject({ cursor: 40 })
    expect(await redis.get('s:cursor:relay')).toBe('40')
  })

  test('the largest sequences keep every digit, and compare as numbers', async ({ redis }) => {
    const append = createAppend(redis, target)
    const largest = Number.MAX_SAFE_INTEGER
    await append(aBatch(null, aCommit(9)))
    await append(aBatch(9, aCommit(10)))
    await append(aBatch(10, aCommit(1e15)))
    expect(await redis.get('s:cursor:relay')).toBe('1000000000000000')
    await append(aBatch(1e15, aCommit(largest - 1), aCommit(largest)))
    expect(await redis.get('s:cursor:relay')).toBe('9007199254740991')
    expect(await redis.xlen('s')).toBe(5)
  })

  test('an entry can have several fields, named once per call', async ({ redis }) => {
    const append = createAppend(redis, target)
    await append({
      fields: ['type', 'data', 'seq'],
      commits: [{ seq: 1, values: ['commit', '{}', '1', 'identity', '{"did":"x"}', ''] }],
      after: null,
      upTo: 1,
    })
    const entries = await redis.xrange('s', '-', '+')
    expect(entries.map(([, fields]) => fields)).toEqual([
      ['type', 'commit', 'data', '{}', 'seq', '1'],
      ['type', 'identity', 'data', '{"did":"x"}', 'seq', ''],
    ])
  })

  test('a Redis out of memory refuses before the first write, and takes the batch once it is freed', async ({
    redis,
  }) => {
    const append = createAppend(redis, target)
    const batch = aBatch(null, aCommit(1, 3))
    await redis.config('SET', 'maxmemory', '1')
    expect(await append(batch)).toMatchObject({ outcome: 'write-refused', code: 'OOM' })
    expect(await redis.exists('s', 's:cursor:relay')).toBe(0)
    await redis.config('SET', 'maxmemory', '0')
    expect(await append(batch)).toMatchObject({ outcome: 'appended', added: 3 })
  })

  test('a Redis that cannot replicate refuses before the first write', async ({ redis }) => {
    const append = createAppend(redis, target)
    await redis.config('SET', 'min-replicas-to-write', '1')
    expect(await append(aBatch(null, aCommit(1)))).toMatchObject({ code: 'NOREPLICAS' })
    await redis.config('SET', 'min-replicas-to-write', '0')
    expect(await redis.exists('s')).toBe(0)
  })

  test('a Redis that forgot the script learns it again', async ({ redis }) => {
    const append = createAppend(redis, target)
    await append(aBatch(null, aCommit(1)))
    await redis.script('FLUSH')
    expect(await append(aBatch(1, aCommit(2)))).toMatchObject({ outcome: 'appended' })
  })

  test('a stream key of another type is an error, and the cursor stays', async ({ redis }) => {
    await redis.set('s', 'text')
    await expect(createAppend(redis, target)(aBatch(null, aCommit(1)))).rejects.toThrow('WRONGTYPE')
    expect(await redis.get('s:cursor:relay')).toBeNull()
  })

  test('a call whose connection broke rejects, and its retry completes it', async ({ redis, server }) => {
    const client = await connectRedis(server.url, { name: 'loses-replies' })
    const append = createAppend(client, target)
    await append(aBatch(null, aCommit(1)))
    const call = append(aBatch(1, aCommit(2)))
    client.stream.destroy()
    await expect(call).rejects.toThrow('max retries per request')
    const again = () => append(aBatch(1, aCommit(2))).catch(() => null)
    expect(await until(again, { within: seconds(5), what: 'reconnection' })).toMatchObject({ cursor: 2 })
    expect(await redis.xlen('s')).toBe(2)
    client.disconnect()
  })
})

describe(createLinesAppend, () => {
  const lines = { stream: 's', cursors: ['s:cursor:a', 's:cursor:b'], highWater: 1_000 }
  const move = (after: number | null, upTo: number | null) => ({ after, upTo })

  test('leaves out of each relay what is stored, wherever it lies in the batch', async ({ redis }) => {
    const append = createLinesAppend(redis, lines)
    await redis.mset('s:cursor:a', '2', 's:cursor:b', '71')
    const reply = await append({
      fields: ['event'],
      commits: [
        { ...aCommit(71), line: 1 },
        { ...aCommit(2, 2), line: 0 },
        { ...aCommit(72, 2), line: 1 },
        { ...aCommit(3), line: 0 },
      ],
      moves: [move(1, 3), move(70, 72)],
    })
    expect(reply).toEqual({ outcome: 'appended', added: 3, skipped: 2, cursors: [3, 72] })
    expect((await redis.xrange('s', '-', '+')).map(([, [, value]]) => value)).toEqual(['72/0', '72/1', '3/0'])
  })

  test('a batch follows every relay, also one that it brings nothing of', async ({ redis }) => {
    const append = createLinesAppend(redis, lines)
    await redis.set('s:cursor:b', '71')
    const batch = { fields: ['event'], commits: [{ ...aCommit(72), line: 1 }] }
    expect(await append({ ...batch, moves: [move(1, 1), move(71, 72)] })).toEqual({
      outcome: 'predecessor-missing',
      cursors: [null, 71],
    })
    expect(await append({ ...batch, moves: [move(null, null), move(71, 72)] })).toMatchObject({ added: 1 })
    expect(await redis.mget(lines.cursors)).toEqual([null, '72'])
  })

  test('numbered by sequence, an entry is named after its commit; the sequence 0 as well', async ({
    redis,
  }) => {
    const append = createLinesAppend(redis, { ...lines, entryId: 'seq' })
    const moves = [move(null, 9), move(null, null)]
    await append({ fields: ['event'], commits: [aCommit(0, 2), aCommit(9, 2)], moves })
    expect((await redis.xrange('s', '-', '+')).map(([id]) => id)).toEqual(['0-1', '0-2', '9-0', '9-1'])
    expect(
      await append({ fields: ['event'], commits: [aCommit(8)], moves: [move(null, 8), move(null, 5)] }),
    ).toMatchObject({ outcome: 'appended', added: 0, skipped: 1 })
    await redis.del('s:cursor:a')
    expect(await append({ fields: ['event'], commits: [aCommit(9)], moves })).toMatchObject({
      outcome: 'ids-behind',
    })
    expect(await redis.exists('s:cursor:a')).toBe(0)
  })
})
