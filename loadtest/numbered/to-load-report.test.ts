import { expect, test } from 'vitest'
import type { Section } from '#kernel/report/report.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import { sectionEnd } from './section-end.ts'
import { type LoadRun, toLoadReport } from './to-load-report.ts'

const anEnd = (verdict: Verdict) => {
  const section: Section = {
    title: 'Is it?',
    verdict,
    statements: [],
    measurements: [],
    plots: [],
    timeline: [],
  }
  return sectionEnd(section)
}

const aRun = (changes: Partial<LoadRun>): LoadRun => ({
  subject: 'a buffer',
  startedAt: '2026-08-03T12:00:00.000Z',
  finishedAt: '2026-08-03T12:01:00.000Z',
  environment: {},
  ends: [anEnd('pass')],
  caveats: ['one server'],
  unasked: [],
  cutShort: null,
  ...changes,
})

test('a run whose questions were all answered is as bad as its worst answer', () => {
  expect(toLoadReport(aRun({})).verdict).toBe('pass')
  expect(toLoadReport(aRun({ ends: [anEnd('pass'), anEnd('fail')] })).verdict).toBe('fail')
})

test('a run that was cut short is unknown and says so, and keeps what it had found', () => {
  const report = toLoadReport(aRun({ unasked: ['And that?'], cutShort: 'interrupted by SIGINT' }))
  expect(report).toMatchObject({ verdict: 'unknown', subject: 'a buffer (partial)' })
  expect(report.caveats).toEqual(['This report is partial: interrupted by SIGINT.', 'one server'])
  expect(report.sections.map(({ title }) => title)).toEqual(['Is it?', 'What was left unanswered'])
  expect(toLoadReport(aRun({ ends: [anEnd('fail')], cutShort: 'interrupted' })).verdict).toBe('fail')
})

test('a run that asked nothing is unknown', () => {
  expect(toLoadReport(aRun({ ends: [] })).verdict).toBe('unknown')
})
