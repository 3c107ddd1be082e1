import { expect, test } from 'vitest'
import { aofPerCount, type CountedLook } from './aof-per-count.ts'

const aLook = (count: number, aofBytes: number | null, rewriting = false): CountedLook => ({
  count,
  aofBytes,
  rewriting,
  usedBytes: 0,
  maxmemoryBytes: 0,
})

test('the file grows by so much per entry, whatever a rewrite makes of it in between', () => {
  const steady = [aLook(0, 0), aLook(10, 5_000), aLook(20, 10_000)]
  const rewritten = [aLook(30, 15_000, true), aLook(40, 900), aLook(50, 5_900)]
  expect(aofPerCount(steady)).toBe(500)
  expect(aofPerCount([...steady, ...rewritten])).toBe(500)
})

test('a batch that was written before it was answered is not counted twice', () => {
  expect(aofPerCount([aLook(0, 0), aLook(10, 10_000), aLook(20, 10_000), aLook(30, 15_000)])).toBe(500)
})

test('without a file, or with a rewrite at every look, nothing is told', () => {
  expect(aofPerCount([aLook(0, null), aLook(10, null)])).toBeNull()
  expect(aofPerCount([aLook(0, 0, true), aLook(10, 5_000, true)])).toBeNull()
  expect(aofPerCount([aLook(0, 0)])).toBeNull()
})
