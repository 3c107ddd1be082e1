import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rollingLedger } from './rolling-ledger.ts'

test('stretches in order leave nothing behind', () => {
  const ledger = rollingLedger()
  ledger.commit(1, 500, 2_000)
  ledger.commit(501, 1_000, 2_000)
  expect([ledger.committed, ledger.again, ledger.missing(1_000), ledger.missing(1_200)]).toEqual([
    1_000, 0, 0, 200,
  ])
})

test('one that was left out is missing, however much comes after it, until it comes', () => {
  const ledger = rollingLedger()
  ledger.commit(1, 9, 100)
  ledger.commit(11, 100, 100)
  expect([ledger.committed, ledger.missing(100), ledger.missing(9)]).toEqual([99, 1, 0])
  ledger.commit(10, 10, 100)
  expect([ledger.committed, ledger.missing(100), ledger.again]).toEqual([100, 0, 0])
})

test('one that comes twice is counted again, and one that nobody sent is unexpected', () => {
  const ledger = rollingLedger()
  ledger.commit(1, 10, 10)
  ledger.commit(5, 6, 10)
  ledger.commit(10, 12, 10)
  expect([ledger.committed, ledger.again, ledger.unexpected]).toEqual([10, 3, 2])
})

test('it says what a list of every commit would say', () => {
  const commits = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(5)), { maxLength: 30 })
  fc.assert(
    fc.property(commits, (stretches) => {
      const ledger = rollingLedger()
      const all = stretches.flatMap(([first, more]) => {
        ledger.commit(first, first + more, 100)
        return Array.from({ length: more + 1 }, (_, index) => first + index)
      })
      const once = new Set(all)
      expect(ledger.committed).toBe(once.size)
      expect(ledger.again).toBe(all.length - once.size)
      expect(ledger.missing(20)).toBe(20 - [...once].filter((seq) => seq <= 20).length)
    }),
  )
})
