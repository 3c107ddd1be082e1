import { expect, test } from 'vitest'
import { seededRandom } from './random.ts'
import { zipf } from './zipf.ts'

function drawn(exponent: number): number[] {
  const random = seededRandom(1)
  const draw = zipf(100, exponent)
  const counts = Array.from({ length: 100 }, () => 0)
  for (let index = 0; index < 50_000; index += 1) {
    const rank = draw(random)
    counts[rank] = (counts[rank] ?? 0) + 1
  }
  return counts
}

test('rank r is drawn in proportion to 1 / (r + 1)', () => {
  const [first = 0, second = 0, , fourth = 0] = drawn(1)

  expect(first / second).toBeCloseTo(2, 0)
  expect(first / fourth).toBeCloseTo(4, 0)
})

test('exponent 0 draws everyone alike, and everyone', () => {
  const counts = drawn(0)

  expect(Math.min(...counts)).toBeGreaterThan(350)
  expect(Math.max(...counts)).toBeLessThan(650)
})
