import { expect, test } from 'vitest'
import { bufferHours } from './buffer-hours.ts'

const GIB = 1024 ** 3

test('the hours follow from the room, the size of an entry and the rate', () => {
  const size = { maxmemory: 10 * GIB, baseline: 0, bytesPerEntry: 900 }
  expect(bufferHours(size, 1_000)).toBeCloseTo((9 * GIB) / 900 / 1_000 / 3_600, 6)
})

test('twice the rate is half the time', () => {
  const size = { maxmemory: GIB, baseline: 1e6, bytesPerEntry: 700 }
  expect((bufferHours(size, 600) ?? 0) / (bufferHours(size, 1_200) ?? 1)).toBeCloseTo(2, 6)
})

test.each([
  { maxmemory: 0, baseline: 0, bytesPerEntry: 700 },
  { maxmemory: GIB, baseline: GIB, bytesPerEntry: 700 },
  { maxmemory: GIB, baseline: 0, bytesPerEntry: 0 },
  { maxmemory: Number.NaN, baseline: 0, bytesPerEntry: 700 },
])('sizes that make no sense give no number, never an endless buffer: %o', (size) => {
  expect(bufferHours(size, 600)).toBeNull()
})
