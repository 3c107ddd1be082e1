import { expect, test } from 'vitest'
import { createKnownEvents } from './known-events.ts'

const names = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `did:plc:x ${from + index}`)

test('the newest events are known, and never more than twice as many', () => {
  const known = createKnownEvents(10)
  for (const [at, name] of names(1, 95).entries()) {
    known.add(name)
    const newest = names(Math.max(1, at - 8), at + 1)
    expect(newest.filter((one) => !known.has(one))).toEqual([])
    expect(names(1, 95).filter((one) => known.has(one)).length).toBeLessThanOrEqual(20)
  }
})

test('nothing is known after it was cleared', () => {
  const known = createKnownEvents(2)
  for (const name of names(1, 5)) known.add(name)
  known.clear()
  expect(names(1, 5).filter((name) => known.has(name))).toEqual([])
})
