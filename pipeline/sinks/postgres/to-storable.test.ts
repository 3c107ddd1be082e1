import { expect, test } from 'vitest'
import { toStorable } from './to-storable.ts'

test('a record that jsonb can hold is left as it is', () => {
  const record = { text: 'né 🙂 \\u0000', nested: [{ a: 1 }, null, true] }
  expect(toStorable(record)).toEqual({ json: record, verbatim: null })
})

test.each([
  ['NUL in a value', { text: 'a\0b' }, { text: 'a\u{fffd}b' }],
  ['NUL in a name', { 'a\0': [1] }, { 'a\u{fffd}': [1] }],
  ['half a surrogate pair, deep inside', { a: [{ b: '\ud83d' }] }, { a: [{ b: '\u{fffd}' }] }],
])('%s is replaced, and the exact text kept beside it', (_, record, json) => {
  expect(toStorable(record)).toEqual({ json, verbatim: JSON.stringify(record) })
  expect(JSON.parse(toStorable(record).verbatim ?? '')).toEqual(record)
})
