import { expect, test } from 'vitest'
import { compareEntryIds } from './compare-entry-ids.ts'
import { formatEntryId, parseEntryId } from './entry-id.ts'

test('an ID without a counter is counter 0', () => {
  expect(formatEntryId(parseEntryId('1526919030474'))).toBe('1526919030474-0')
})

test.each(['', '-1', '1-', '1-2-3', 'abc', '1.5', '$', '>'])('"%s" is not an entry ID', (text) => {
  expect(() => parseEntryId(text)).toThrow(`not a stream entry ID: "${text}"`)
})

test('IDs compare as numbers, not as text', () => {
  expect(compareEntryIds('9-0', '10-0')).toBeLessThan(0)
  expect(compareEntryIds('10-9', '10-10')).toBeLessThan(0)
  expect(compareEntryIds('10-1', '10-1')).toBe(0)
})

test('the largest ID Redis can hold keeps its precision', () => {
  const largest = '18446744073709551615-18446744073709551615'
  expect(compareEntryIds(largest, '18446744073709551615-18446744073709551614')).toBeGreaterThan(0)
})
