import { expect, test } from 'vitest'
import type { Section } from '#kernel/report/report.ts'
import { VERDICTS, type Verdict } from '#kernel/verdict/verdict.ts'
import { aReport } from '#test/support/a-report.ts'
import { headline } from './headline.ts'

function aSection(verdicts: readonly Verdict[]): Section {
  const statements = verdicts.map((verdict) => ({ subject: 'lag', verdict, says: 'so' }))
  return { title: 'Why?', verdict: 'pass', statements, measurements: [], plots: [], timeline: [] }
}

test.each([
  { verdict: 'pass', judged: ['pass', 'pass'], says: 'everything that was judged holds' },
  { verdict: 'warn', judged: ['pass', 'warn'], says: 'it holds, but 1 of 2 statements is a warning' },
  { verdict: 'warn', judged: ['warn', 'warn'], says: 'it holds, but 2 of 2 statements are warnings' },
  { verdict: 'unknown', judged: ['unknown', 'pass'], says: '1 of 2 statements could not be settled' },
  { verdict: 'fail', judged: ['fail', 'unknown'], says: '1 of 2 statements does not hold' },
  { verdict: 'fail', judged: ['fail', 'fail'], says: '2 of 2 statements do not hold' },
  { verdict: 'not-applicable', judged: [], says: 'there was nothing to judge' },
] as const)('$verdict of $judged: $says', ({ verdict, judged, says }) => {
  expect(headline(aReport({ verdict, sections: [aSection(judged)] }))).toBe(says)
})

test.each(VERDICTS)('a verdict that no statement carries, %s, is still a sentence', (verdict) => {
  expect(headline(aReport({ verdict, sections: [] }))).toMatch(/^[a-z ,]+$/)
})
