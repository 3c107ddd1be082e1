import { expect, test } from 'vitest'
import { UsageError } from '#kernel/errors.ts'
import { aReport } from '#test/support/a-report.ts'
import { parseReport } from './parse-report.ts'
import { toJson } from './render/to-json.ts'

test.each([
  { text: 'no', says: '"it.json" is not JSON' },
  { text: '[]', says: 'is not a report of standpipe: it names no schema' },
  {
    text: '{"schema":"standpipe/report@2"}',
    says: 'has the schema "standpipe/report@2", but this version reads',
  },
  { text: toJson(aReport()).replace('"fail"', '"great"'), says: 'is not a whole report: verdict: ' },
])('a file that $says is refused', ({ text, says }) => {
  expect(() => parseReport(text, 'it.json')).toThrow(UsageError)
  expect(() => parseReport(text, 'it.json')).toThrow(says)
})

test('what was written is read back as it was', () => {
  expect(parseReport(toJson(aReport()), 'it.json')).toEqual(aReport())
})
