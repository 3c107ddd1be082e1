import { expect, test } from 'vitest'
import { entryTime } from './entry-time.ts'

test.each([
  ['1763680001000-7', 1_763_680_001_000],
  [`${Date.now() + 60_000}-0`, expect.closeTo(Date.now() + 60_000, -4) as number],
  ['0-0', null],
  ['6328157203-0', null],
  ['2801427504233-0', null],
  ['1763680001000000-0', null],
])('the ID %s was added at %s', (id, time) => {
  expect(entryTime(id)).toEqual(time)
})
