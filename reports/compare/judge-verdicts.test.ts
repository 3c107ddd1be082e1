import { expect, test } from 'vitest'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import { judgeVerdicts } from './judge-verdicts.ts'
import type { Run } from './run.ts'

const answering = (...verdicts: readonly Verdict[]): Run[] =>
  verdicts.map((verdict, index) => ({
    file: `${index}.json`,
    area: 'loadtest',
    subject: 'steady',
    startedAt: '2026-01-01',
    verdict,
    environment: {},
    questions: [{ title: 'Is it?', verdict }],
    measured: [],
  }))

test.each([
  { was: ['pass'], is: ['pass'], verdict: 'pass' },
  { was: ['pass'], is: ['pass', 'fail'], verdict: 'fail' },
  { was: ['fail'], is: ['warn'], verdict: 'pass' },
  { was: ['fail', 'pass', 'pass'], is: ['fail'], verdict: 'fail' },
  { was: ['pass'], is: ['unknown'], verdict: 'unknown' },
  { was: [], is: ['fail'], verdict: 'not-applicable' },
  { was: ['pass'], is: [], verdict: 'unknown' },
] as const)('$was before and $is after is $verdict', ({ was, is, verdict }) => {
  expect(judgeVerdicts(answering(...was), answering(...is))).toEqual([
    expect.objectContaining({ subject: 'Is it?', verdict }),
  ])
})

test('a run that asks nothing is judged by its own verdict', () => {
  const bench = answering('pass').map((run) => ({ ...run, questions: [] }))
  expect(judgeVerdicts(bench, bench)).toMatchObject([{ subject: 'verdict of the runs', verdict: 'pass' }])
})
