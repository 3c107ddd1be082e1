import { expect, test } from 'vitest'
import { isRefusal } from './is-refusal.ts'

const postgresError = (code: string) => Object.assign(new Error('refused'), { code })

test.each(['22P05', '22021', '23505', '54000'])('%s blames the rows', (code) => {
  expect(isRefusal(postgresError(code))).toBe(true)
})

test.each(['57P01', '53100', '40001', '40P01', '42P01', '08006', 'ECONNREFUSED', 'ENOENT'])(
  '%s blames the database, and costs no entry',
  (code) => {
    expect(isRefusal(postgresError(code))).toBe(false)
  },
)

test('a record too large for JavaScript is the rows’ fault, a bug of ours is not', () => {
  expect(isRefusal(new RangeError('Invalid string length'))).toBe(true)
  expect(isRefusal(new TypeError('x is undefined'))).toBe(false)
})
