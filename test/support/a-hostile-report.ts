import type { Report } from '#kernel/report/report.ts'
import { aReport } from './a-report.ts'

const BREAKOUT = `</script></style></title><img src="http://127.0.0.1:9/x.png" onerror="document.title='broken'">`
const UNBROKEN = 'an-unbroken-name-'.repeat(20)

/** A report whose every text tries to get out of its place, and whose numbers are as large as numbers are. */
export function aHostileReport(): Report {
  return aReport({
    subject: `${BREAKOUT} ${UNBROKEN}`,
    environment: { [BREAKOUT]: UNBROKEN, [UNBROKEN]: `" onload="alert(1)` },
    caveats: [BREAKOUT, UNBROKEN],
    sections: [
      {
        title: `${BREAKOUT} ${UNBROKEN}`,
        verdict: 'unknown',
        answer: UNBROKEN,
        statements: [
          {
            subject: UNBROKEN,
            verdict: 'fail',
            says: BREAKOUT,
            expected: UNBROKEN,
            why: BREAKOUT,
            remedy: UNBROKEN,
          },
          { subject: BREAKOUT, verdict: 'pass', says: UNBROKEN, why: `\u202E${BREAKOUT}` },
        ],
        measurements: [
          {
            name: UNBROKEN,
            unit: 'entries',
            value: Number.MAX_VALUE,
            samples: Number.MAX_SAFE_INTEGER,
            method: BREAKOUT,
          },
          { name: BREAKOUT, unit: 'ms', value: -Number.MIN_VALUE, samples: 0, method: UNBROKEN },
        ],
        plots: [
          {
            title: BREAKOUT,
            unit: 'bytes/entry',
            x: 'seconds',
            series: Array.from({ length: 8 }, (_, index) => ({
              name: index % 2 === 0 ? BREAKOUT : UNBROKEN,
              points: [
                [-5, 1e90],
                [0, null],
                [1e9, Number.MAX_VALUE],
                [2e9, index * 1e15],
              ],
            })),
            ceiling: { name: UNBROKEN, value: 1e18 },
            method: UNBROKEN,
          },
          { title: UNBROKEN, unit: 'ms', x: 'percentile', series: [{ name: 'empty', points: [] }] },
          { title: 'nothing', unit: 'ratio', x: 'seconds', series: [] },
        ],
        timeline: Array.from({ length: 40 }, (_, index) => ({
          at: index * 1e7,
          what: index % 2 === 0 ? BREAKOUT : UNBROKEN,
          kind: 'fault' as const,
        })),
      },
      { title: '', verdict: 'not-applicable', statements: [], measurements: [], plots: [], timeline: [] },
    ],
  })
}
