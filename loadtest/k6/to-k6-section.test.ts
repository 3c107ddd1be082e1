import { expect, test } from 'vitest'
import { parseK6Summary } from './k6-summary.ts'
import { type K6Run, toK6Section } from './to-k6-section.ts'

const aRun = (thresholds: object, changes: Partial<K6Run> = {}): K6Run => ({
  script: 'append.ts',
  exit: 0,
  summary: parseK6Summary(
    JSON.stringify({
      metrics: {
        append_duration: { med: 1, 'p(99)': 9, count: 500, thresholds },
        data_sent: { count: 1_000, rate: 10 },
        checks: { passes: 3, fails: 0, value: 1 },
      },
    }),
  ),
  lastWords: 'bye',
  ...changes,
})

test('thresholds that held are a pass, and every number keeps its samples and unit', () => {
  const section = toK6Section(aRun({ 'p(99)<100': false }))
  expect(section.verdict).toBe('pass')
  expect(section.measurements.map(({ name, unit, value, samples }) => [name, unit, value, samples])).toEqual([
    ['append_duration med', 'ms', 1, 500],
    ['append_duration p(99)', 'ms', 9, 500],
    ['data_sent count', 'bytes', 1_000, 1_000],
    ['data_sent rate', 'bytes/s', 10, 1_000],
  ])
})

test('a threshold that was crossed is a fail', () => {
  expect(toK6Section(aRun({ 'p(99)<5': true }, { exit: 99 }))).toMatchObject({
    verdict: 'fail',
    answer: 'append_duration is not p(99)<5',
  })
})

test('dropped arrivals make a run unknown: k6 was late, not what it measured', () => {
  const summary = parseK6Summary(
    JSON.stringify({ metrics: { dropped_iterations: { count: 3, thresholds: { 'count==0': true } } } }),
  )
  expect(toK6Section(aRun({}, { summary, exit: 99 })).verdict).toBe('unknown')
})

test.each([
  { what: 'no thresholds', run: aRun({}) },
  { what: 'no summary', run: aRun({ x: false }, { summary: null, exit: 107 }) },
  { what: 'a broken script', run: aRun({ x: false }, { exit: 107 }) },
  { what: 'a signal', run: aRun({ x: false }, { exit: 'SIGKILL' }) },
])('$what is unknown, never a pass', ({ run }) => {
  expect(toK6Section(run).verdict).toBe('unknown')
})

test('text that is no summary is refused', () => {
  expect(() => parseK6Summary('{"metrics":3}')).toThrow('not a summary of k6')
})
