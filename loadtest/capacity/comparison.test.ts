import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareEntries } from './comparison.ts'

const ASKED = 2_500
const appended = Array.from({ length: ASKED }, (_, index) => `{"type":"create","seq":${10_000 + index}}`)

const compared = (values: readonly string[]) => {
  let at = 0
  const comparison = compareEntries(
    () => ASKED,
    (count) => appended.slice(at, (at += count)),
  )
  for (let from = 0; from < values.length; from += 700) comparison.take(values.slice(from, from + 700))
  return comparison.finish()
}

test('what was appended, read in its order, is equal to the last character', () => {
  expect(compared(appended)).toEqual({
    asked: ASKED,
    read: ASKED,
    equal: ASKED,
    altered: 0,
    missing: 0,
    unexpected: 0,
    examples: [],
  })
})

test('one entry that is missing, altered, doubled or foreign is found wherever it is', () => {
  const anywhere = fc.integer({ min: 0, max: ASKED - 1 })
  fc.assert(
    fc.property(anywhere, (at) => {
      const entry = appended[at] ?? ''
      const rest = { altered: 0, missing: 0, unexpected: 0 }
      expect(compared(appended.toSpliced(at, 1))).toMatchObject({ ...rest, equal: ASKED - 1, missing: 1 })
      expect(compared(appended.with(at, `${entry} `))).toMatchObject({ ...rest, altered: 1 })
      expect(compared(appended.toSpliced(at, 0, entry))).toMatchObject({ ...rest, unexpected: 1 })
      expect(compared(appended.toSpliced(at, 0, 'x'))).toMatchObject({ ...rest, unexpected: 1 })
    }),
    { numRuns: 10 },
  )
})

test('two entries that changed places are seen, though their number is right', () => {
  const swapped = appended.with(10, appended[11] ?? '').with(11, appended[10] ?? '')
  expect(compared(swapped)).toMatchObject({ read: ASKED, missing: 1, unexpected: 1 })
})

test('of an empty stream everything is missing', () => {
  expect(compared([])).toMatchObject({ read: 0, missing: ASKED })
  expect(compared([]).examples).toHaveLength(5)
})
