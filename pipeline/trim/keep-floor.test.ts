import { expect, test } from 'vitest'
import { minutes } from '#kernel/time/duration.ts'
import { keepFloor } from './keep-floor.ts'
import { parseRetentionFloor } from './retention-floor.ts'

const NOW = 1_763_700_000_000
const before = (ms: number) => `${NOW - ms}-0`
const context = { length: 1_000, lastGeneratedId: `${NOW}-0`, now: NOW }
const horizon = { keepFrom: before(minutes(5)), pinnedBy: 'indexers' }
const nothing = (because: string) => ({ keepFrom: null, because: expect.stringContaining(because) })

test('without a floor the groups decide alone', () => {
  expect(keepFloor(horizon, null, context)).toEqual({ ...horizon, floored: false, keepEntries: 0 })
})

test.each([
  {
    why: 'what is younger stays although nobody needs it',
    minutes: 10,
    keepFrom: before(minutes(10)),
    floored: true,
  },
  {
    why: 'what a group needs stays although it is older',
    minutes: 3,
    keepFrom: horizon.keepFrom,
    floored: false,
  },
  { why: 'the age itself is no younger', minutes: 5, keepFrom: horizon.keepFrom, floored: false },
  { why: 'everything is younger', minutes: 1e9, keepFrom: '0-0', floored: true },
])('an age of $minutes minutes: $why', ({ minutes: amount, keepFrom, floored }) => {
  const kept = keepFloor(horizon, { age: minutes(amount) }, context)
  expect(kept).toEqual({ keepFrom, floored, keepEntries: 0, pinnedBy: 'indexers' })
})

test('where IDs are sequences, nobody can tell an age, and nothing may go', () => {
  const sequences = { ...context, lastGeneratedId: '6328157203-0' }
  expect(keepFloor(horizon, { age: minutes(1) }, sequences)).toEqual(nothing('which is no time'))
  expect(keepFloor(horizon, { entries: 10 }, sequences)).toMatchObject({ keepEntries: 10 })
})

test('a number of entries is kept whatever the groups say, and a stream no longer than that keeps all', () => {
  expect(keepFloor(horizon, { entries: 999 }, context)).toEqual({
    ...horizon,
    floored: false,
    keepEntries: 999,
  })
  expect(keepFloor(horizon, { entries: 1_000 }, context)).toEqual(
    nothing('holds 1000 entries, and at least 1000 are to stay'),
  )
})

test('a floor is a number of entries, or an age with its unit', () => {
  expect(parseRetentionFloor('100000')).toEqual({ entries: 100_000 })
  expect(parseRetentionFloor('15m')).toEqual({ age: minutes(15) })
  expect(() => parseRetentionFloor('15 minutes')).toThrow('not an age')
})
