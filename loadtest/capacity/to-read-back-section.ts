import type { Section, Statement } from '#kernel/report/report.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import type { ReadBack } from './read-back.ts'

/** Is every entry there, once, in its place, to the letter? A run that looked at nothing is unknown. */
export function toReadBackSection(title: string, back: ReadBack, tookMs: number): Section {
  const statement = judgeReadBack(back)
  return {
    title,
    verdict: statement.verdict,
    answer: statement.says,
    statements: [statement],
    measurements: [
      {
        name: 'read back',
        unit: 'entries/s',
        value: tookMs > 0 ? (back.read / tookMs) * 1_000 : null,
        samples: back.read,
        method:
          'XRANGE in pages of 2,000, every entry compared with what was appended, character by character',
      },
      {
        name: 'reading back',
        unit: 's',
        value: tookMs / 1_000,
        samples: 1,
        method: 'wall time of the phase',
      },
    ],
    plots: [],
    timeline: [],
  }
}

export function judgeReadBack({
  asked,
  read,
  equal,
  altered,
  missing,
  unexpected,
  examples,
}: ReadBack): Statement {
  const wrong = altered + missing + unexpected
  const verdict: Verdict =
    asked === 0 ? 'unknown' : wrong === 0 && equal === asked && read === asked ? 'pass' : 'fail'
  const found = `${equal} of ${asked} entries equal to the letter; ${missing} missing, ${altered} altered, ${unexpected} unexpected`
  return {
    subject: 'every entry',
    verdict,
    says: examples.length === 0 ? found : `${found}; ${examples.join('; ')}`,
    expected: 'all of them, each once, in the order in which they were appended',
    why: 'A sample of a stream says nothing about the entry that is missing.',
  }
}
