import { expect, test } from 'vitest'
import type { ReadBack } from './read-back.ts'
import { judgeReadBack } from './to-read-back-section.ts'

const whole: ReadBack = { asked: 9, read: 9, equal: 9, altered: 0, missing: 0, unexpected: 0, examples: [] }

test('only a stream in which every entry is equal passes', () => {
  expect(judgeReadBack(whole).verdict).toBe('pass')
})

test.each([
  { read: 8, equal: 8, missing: 1 },
  { equal: 8, altered: 1 },
  { read: 10, unexpected: 1 },
  { equal: 8 },
])('one entry less, other or more fails: %o', (changes) => {
  expect(judgeReadBack({ ...whole, ...changes }).verdict).toBe('fail')
})

test('a run that looked at nothing is unknown', () => {
  expect(judgeReadBack({ ...whole, asked: 0, read: 0, equal: 0 }).verdict).toBe('unknown')
})
