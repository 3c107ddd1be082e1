import { expect, test } from 'vitest'
import { bytesOf } from './binary.ts'
import { varint } from './varint.ts'

test.each([
  { value: 0, hex: '00' },
  { value: 127, hex: '7f' },
  { value: 128, hex: '8001' },
  { value: 300, hex: 'ac02' },
  { value: 2 ** 32, hex: '8080808010' },
])('$value is $hex', ({ value, hex }) => {
  expect(bytesOf(varint(value)).toString('hex')).toBe(hex)
})
