import { describe, expect, test } from 'vitest'
import { judgeCeiling } from './ceiling.ts'
import { judgeFloor } from './floor.ts'
import { worst } from './verdict.ts'

describe(worst, () => {
  test('an unknown outweighs any number of passes and warnings', () => {
    expect(worst(['pass', 'warn', 'unknown', 'pass'])).toBe('unknown')
  })

  test('a failure outweighs an unknown', () => {
    expect(worst(['unknown', 'fail', 'pass'])).toBe('fail')
  })

  test('judging nothing is not-applicable, never a pass', () => {
    expect(worst([])).toBe('not-applicable')
  })
})

test.each([
  { value: 0, verdict: 'pass' },
  { value: 10, verdict: 'warn' },
  { value: 20, verdict: 'fail' },
  { value: null, verdict: 'unknown' },
  { value: Number.NaN, verdict: 'unknown' },
])('$value under a ceiling of 10 and 20 is $verdict', ({ value, verdict }) => {
  expect(judgeCeiling(value, { warnAt: 10, failAt: 20 })).toBe(verdict)
})

test.each([
  { value: 30, verdict: 'pass' },
  { value: 19, verdict: 'warn' },
  { value: 9, verdict: 'fail' },
  { value: null, verdict: 'unknown' },
])('$value above a floor of 20 and 10 is $verdict', ({ value, verdict }) => {
  expect(judgeFloor(value, { warnBelow: 20, failBelow: 10 })).toBe(verdict)
})
