import { expect, test } from 'vitest'
import { base32 } from './base32.ts'

test.each([
  { text: '', encoded: '' },
  { text: 'f', encoded: 'my' },
  { text: 'fo', encoded: 'mzxq' },
  { text: 'foobar', encoded: 'mzxw6ytboi' },
])('"$text" is "$encoded" (RFC 4648)', ({ text, encoded }) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
})

test('fifteen bytes are the twenty-four characters of a did:plc', () => {
  expect(base32(new Uint8Array(15).fill(0xff))).toBe('7'.repeat(24))
})
