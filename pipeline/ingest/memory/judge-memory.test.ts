import { expect, test } from 'vitest'
import { isTight, judgeMemory } from './judge-memory.ts'

const room = (fields: Record<string, number>, reserve = 5) =>
  judgeMemory(new Map(Object.entries(fields).map(([name, value]) => [name, String(value)])), reserve)

test.each([
  { used_memory: 949, maxmemory: 1_000, tight: false },
  { used_memory: 950, maxmemory: 1_000, tight: true },
  { used_memory: 980, maxmemory: 1_000, mem_not_counted_for_evict: 100, tight: false },
  { used_memory: 1e12, maxmemory: 0, tight: false },
])('$used_memory of $maxmemory bytes with a reserve of 5 %: $tight', ({ tight, ...fields }) => {
  expect(isTight(room(fields as Record<string, number>))).toBe(tight)
})

test('without a reserve only the limit itself counts', () => {
  expect(isTight(room({ used_memory: 999, maxmemory: 1_000 }, 0))).toBe(false)
})

test('a Redis that says nothing has no limit that we know', () => {
  expect(judgeMemory(new Map(), 5)).toEqual({ used: 0, limit: null })
})
