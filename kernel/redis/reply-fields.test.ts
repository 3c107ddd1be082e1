import { expect, test } from 'vitest'
import { replyFields } from './reply-fields.ts'

const bytes = (text: string) => Buffer.from(text)

test('a nil stays null, and is never taken for 0', () => {
  const fields = replyFields('XINFO GROUPS', [bytes('lag'), null, bytes('pending'), 0])
  expect(fields.numberOrNull('lag')).toBeNull()
  expect(fields.numberOrNull('pending')).toBe(0)
  expect(() => fields.number('lag')).toThrow('field lag: expected a whole number, got nil or a list')
})

test('an answer cut short is refused with the command and the field', () => {
  expect(() => replyFields('XINFO STREAM', [bytes('length')])).toThrow(
    'cannot read the answer to XINFO STREAM: expected name-value pairs',
  )
  const fields = replyFields('XINFO STREAM', [bytes('length'), bytes('x')])
  expect(() => fields.number('length')).toThrow('field length: expected a whole number, got "x"')
  expect(() => fields.text('last-generated-id')).toThrow('expected text, got nothing')
})
