import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highestHeld, lowestFailed, nextRate, type Search, type Tried } from './next-rate.ts'

const search: Search = { from: 1_000, upTo: 1_000_000, within: 0.05 }

/** Tries rates until none is left, where everything up to `limit` holds. */
function searched(limit: number, how: Search): Tried[] {
  const tried: Tried[] = []
  for (let rate = nextRate(tried, how); rate !== null; rate = nextRate(tried, how)) {
    tried.push({ rate, held: rate <= limit })
    if (tried.length > 100) throw new Error('it never ends')
  }
  return tried
}

test('whatever the limit is, the highest rate that held is close below it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900_000 }), fc.integer({ min: 1, max: 50_000 }), (limit, from) => {
      const tried = searched(limit, { ...search, from })
      const best = highestHeld(tried)
      expect(best).not.toBeNull()
      expect(best ?? 0).toBeLessThanOrEqual(limit)
      expect(lowestFailed(tried) ?? 0).toBeGreaterThan(limit)
      expect((lowestFailed(tried) ?? 0) - (best ?? 0)).toBeLessThanOrEqual(
        Math.max(1, 0.05 * (lowestFailed(tried) ?? 0)),
      )
      expect(tried.length).toBeLessThan(40)
    }),
  )
})

test('a rate beyond which nothing is tried is itself tried, and no more', () => {
  const tried = searched(Infinity, { ...search, upTo: 3_000 })
  expect(tried.map(({ rate }) => rate)).toEqual([1_000, 2_000, 3_000])
})

test('where nothing holds, the search ends with nothing', () => {
  expect(highestHeld(searched(0, search))).toBeNull()
})

test('a rate that held above one that did not is not believed', () => {
  const tried = [
    { rate: 1_000, held: true },
    { rate: 2_000, held: false },
    { rate: 3_000, held: true },
  ]
  expect(highestHeld(tried)).toBe(1_000)
})
