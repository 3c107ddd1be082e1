import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changePoints } from './change-points.ts'
import { seeded } from './seeded.ts'

const noisy = (levels: readonly number[], each: number, seed: number): number[] => {
  const random = seeded(seed)
  return levels.flatMap((level) => Array.from({ length: each }, () => level + random() - 0.5))
}

test('a step is found where it is, with the medians on either side', () => {
  const [found, ...others] = changePoints(noisy([10, 12], 20, 1))
  expect(others).toEqual([])
  expect(found).toMatchObject({
    at: 20,
    before: expect.closeTo(10, 0),
    after: expect.closeTo(12, 0),
    chance: 0.005,
  })
})

test('two steps are two, and the stretch between them is both an after and a before', () => {
  const found = changePoints(noisy([10, 14, 11], 20, 2))
  expect(found.map(({ at }) => at)).toEqual([20, 40])
  expect(found[0]?.after).toBe(found[1]?.before)
})

test('one wild value is no change', () => {
  const values = noisy([10], 40, 3)
  values[17] = 1_000
  expect(changePoints(values)).toEqual([])
})

test('noise alone is seldom a change', () => {
  const alarmed = Array.from({ length: 30 }, (_, seed) => changePoints(noisy([10], 40, 100 + seed)).length)
  expect(alarmed.filter((count) => count > 0).length).toBeLessThanOrEqual(4)
})

test.each([[[]], [[1]], [[1, 9]], [[1, 1, 1, 9, 9]], [[5, 5, 5, 5, 5, 5, 5, 5]]])(
  '%j is too short or too even to hold a change',
  (values) => {
    expect(changePoints(values)).toEqual([])
  },
)

test('places ascend, lie inside, and leave every stretch its fewest values', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }), (values) => {
      const places = [0, ...changePoints(values, { atLeast: 4 }).map(({ at }) => at), values.length]
      if (places.length === 2) return
      for (const [index, place] of places.slice(1).entries()) {
        expect(place - (places[index] ?? 0)).toBeGreaterThanOrEqual(4)
      }
    }),
    { numRuns: 40 },
  )
})
