import { expect, test } from 'vitest'
import type { Delivered } from './delivered.ts'
import { readAhead } from './read-ahead.ts'

const aBatch = (count: number): Delivered[] =>
  Array.from({ length: count }, (_, at) => ({ id: `${at}-1`, fields: [] }))

const never = new AbortController().signal

/** A reader of batches of two, with what it asked for; `size` is what is held meanwhile. */
function aReader(batches: (Delivered[] | Error)[], { size = 0 } = {}) {
  const asked: string[] = []
  const read = async (from: string) => {
    asked.push(from)
    const batch = batches.shift() ?? []
    if (batch instanceof Error) throw batch
    return batch
  }
  return { asked, reader: readAhead({ read, count: 2, limit: 4, held: { size, atMost: async () => {} } }) }
}

test('behind a whole batch of new entries the next read is under way, and it is the one that is answered next', async () => {
  const { asked, reader } = aReader([aBatch(2), aBatch(1)])
  expect(await reader.next('>', never)).toHaveLength(2)
  expect(asked).toEqual(['>', '>'])
  expect(reader.isUnderWay).toBe(true)
  expect(await reader.next('>', never)).toHaveLength(1)
  expect(asked).toEqual(['>', '>'])
  expect(reader.isUnderWay).toBe(false)
})

test.each([
  { why: 'a batch that is not whole', from: '>', batch: 1, size: 0, signal: never },
  { why: 'what was pending before', from: '0', batch: 2, size: 0, signal: never },
  { why: 'more in hand than the limit', from: '>', batch: 2, size: 5, signal: never },
  { why: 'the end', from: '>', batch: 2, size: 0, signal: AbortSignal.abort() },
])('$why has nothing read ahead', async ({ from, batch, size, signal }) => {
  const { asked, reader } = aReader([aBatch(batch)], { size })
  await reader.next(from, signal)
  expect(asked).toEqual([from])
  expect(reader.isUnderWay).toBe(false)
})

test('a read ahead that fails is heard of by whoever asks next, and by him alone', async () => {
  const { reader } = aReader([aBatch(2), new Error('connection lost'), aBatch(1)])
  await reader.next('>', never)
  await new Promise(setImmediate)
  await expect(reader.next('>', never)).rejects.toThrow('connection lost')
  expect(await reader.next('0', never)).toHaveLength(1)
})

test('who begins with the history again is not answered with what was read ahead', async () => {
  const { asked, reader } = aReader([aBatch(2), aBatch(2), aBatch(1)])
  await reader.next('>', never)
  expect(await reader.next('0', never)).toHaveLength(1)
  expect(asked).toEqual(['>', '>', '0'])
})
